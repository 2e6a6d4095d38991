// A class of one's own over a generated base: what it adds is everywhere where the generated code gives a user.
import { UserBase } from "../cases/user-class/user.js";

export class User extends UserBase {
  greet(): string {
    return `hi ${this.name}`;
  }
}
