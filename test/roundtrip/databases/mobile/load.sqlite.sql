-- What Android's Room, EF Core and TypeORM write.
CREATE TABLE android_metadata (locale TEXT);
CREATE TABLE `room_master_table` (id INTEGER PRIMARY KEY,identity_hash TEXT);
CREATE TABLE `User` (`uid` INTEGER NOT NULL, `first_name` TEXT, `lastName` TEXT, `street` TEXT, PRIMARY KEY(`uid`));
CREATE TABLE `Playlist` (`playlistId` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `creator` INTEGER NOT NULL, `name` TEXT NOT NULL DEFAULT 'undefined', FOREIGN KEY(`creator`) REFERENCES `User`(`uid`) ON UPDATE NO ACTION ON DELETE CASCADE );
CREATE INDEX `index_Playlist_creator` ON `Playlist` (`creator`);
CREATE TABLE `PlaylistSongCrossRef` (`playlistId` INTEGER NOT NULL, `songId` INTEGER NOT NULL, PRIMARY KEY(`playlistId`, `songId`));
CREATE VIRTUAL TABLE `SongFts` USING FTS4(`name` TEXT NOT NULL, tokenize=unicode61);
CREATE VIEW `UserDetail` AS SELECT user.uid, user.first_name FROM User AS user;
CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY, "ProductVersion" TEXT NOT NULL);
CREATE TABLE "AspNetUsers" ("Id" TEXT NOT NULL CONSTRAINT "PK_AspNetUsers" PRIMARY KEY, "UserName" TEXT NULL, "EmailConfirmed" INTEGER NOT NULL, "LockoutEnd" TEXT NULL, "AccessFailedCount" INTEGER NOT NULL DEFAULT 0);
CREATE TABLE "AspNetUserClaims" ("Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetUserClaims" PRIMARY KEY AUTOINCREMENT, "UserId" TEXT NOT NULL, "ClaimType" TEXT NULL, CONSTRAINT "FK_AspNetUserClaims_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE);
CREATE TABLE "AspNetUserTokens" ("UserId" TEXT NOT NULL, "LoginProvider" TEXT NOT NULL, "Name" TEXT NOT NULL, "Value" TEXT NULL, CONSTRAINT "PK_AspNetUserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"), CONSTRAINT "FK_Tokens" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE);
CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("UserName") WHERE "UserName" IS NOT NULL;
CREATE TABLE "photo" ("id" varchar PRIMARY KEY NOT NULL, "isPublished" boolean NOT NULL DEFAULT (0), "createdAt" datetime NOT NULL DEFAULT (datetime('now')), "role" varchar CHECK( "role" IN ('admin','editor','ghost') ) NOT NULL DEFAULT ('ghost'), "tags" text, "authorUid" integer, CONSTRAINT "REL_1" UNIQUE ("authorUid"), CONSTRAINT "UQ_2" UNIQUE ("role", "tags"), CONSTRAINT "FK_3" FOREIGN KEY ("authorUid") REFERENCES "User" ("uid") ON DELETE NO ACTION ON UPDATE NO ACTION);
CREATE TABLE "category_closure" ("id_ancestor" integer NOT NULL, "id_descendant" integer NOT NULL, PRIMARY KEY ("id_ancestor", "id_descendant"), CONSTRAINT "FK_a" FOREIGN KEY ("id_ancestor") REFERENCES "category" ("id") ON DELETE CASCADE, CONSTRAINT "FK_d" FOREIGN KEY ("id_descendant") REFERENCES "category" ("id") ON DELETE CASCADE);
CREATE TABLE "category" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar NOT NULL, "parentId" integer, CONSTRAINT "FK_p" FOREIGN KEY ("parentId") REFERENCES "category" ("id"));
CREATE TABLE "query-result-cache" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "identifier" varchar, "time" bigint NOT NULL, "duration" integer NOT NULL, "query" text NOT NULL, "result" text NOT NULL);
