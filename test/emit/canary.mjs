// Imports generated modules and says, as JSON, what else that did: the folder is the first argument, the names of
// the modules' folders are the others. A module with a class `Thing` also makes, stores and reads one.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createEngine, select, Session } from "athanor";

const [folder = ".", ...modules] = process.argv.slice(2);

/** Every name that code could leave something under without being imported. */
const shared = [globalThis, Object, Array, Function, String, Promise, Symbol]
  .flatMap((each) => [each, each.prototype])
  .filter((each) => each !== undefined);
const look = () => JSON.stringify(shared.map((each) => Reflect.ownKeys(each).map(String)));

function roundTrip({ metadata, Thing, Seen }) {
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  const session = new Session(engine);
  const thing = new Thing({ children: [new Thing({})] });
  session.add(thing);
  session.commit();
  const { note, label, state, shown, kin } = thing;
  const [asked] = session.scalars(select(Thing.shown)).all();
  const [seen] = session.scalars(select(Seen)).all();
  const answer = { note, label, state, shown, asked, kin: String(kin), seen: seen?.id };
  session.close();
  engine.dispose();
  return answer;
}

const report = {};
for (const name of modules) {
  const before = look();
  const loaded = await import(pathToFileURL(join(folder, name, "index.js")).href);
  const answer = loaded.Thing === undefined ? undefined : roundTrip(loaded);
  report[name] = { isUntouched: look() === before, answer };
}
process.stdout.write(JSON.stringify(report));
