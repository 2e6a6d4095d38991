// Random work of a session against a naive model: plain maps that are copied at every commit and put back at every
// rollback. Whatever the order of operations, the database holds what the model says.
import { expect, test } from "vitest";
import { text } from "athanor";
import { Department, Employee, metadata, Person, Skill } from "./models/index.js";
import { openDatabase, type TestDatabase } from "./support/database.js";

/** What the rows are to say, by name. */
interface Model {
  readonly departments: Set<string>;
  readonly employees: Map<string, { readonly department: string | null; readonly manager: string | null }>;
  readonly people: Map<string, ReadonlySet<string>>;
  readonly skills: Set<string>;
}

/** The objects that stand for them. */
interface Objects {
  readonly departments: Map<string, Department>;
  readonly employees: Map<string, Employee>;
  readonly people: Map<string, Person>;
  readonly skills: Map<string, Skill>;
}

class Work {
  readonly #database: TestDatabase;
  readonly #next: (below: number) => number;
  #model: Model = { departments: new Set(), employees: new Map(), people: new Map(), skills: new Set() };
  #objects: Objects = { departments: new Map(), employees: new Map(), people: new Map(), skills: new Map() };
  #committed = { model: copyModel(this.#model), objects: copyObjects(this.#objects) };
  #count = 0;

  constructor(database: TestDatabase, next: (below: number) => number) {
    this.#database = database;
    this.#next = next;
  }

  step(): void {
    const { session } = this.#database;
    const steps: (() => void)[] = [
      () => this.#newDepartment(),
      () => this.#newEmployee(),
      () => this.#newEmployee(),
      () => this.#newPerson(),
      () => this.#moveEmployee(),
      () => this.#moveEmployee(),
      () => this.#setManager(),
      () => this.#toggleSkill(),
      () => this.#toggleSkill(),
      () => this.#deleteEmployee(),
      () => this.#deleteDepartment(),
      () => this.#deletePersonOrSkill(),
      () => session.flush(),
      () => this.commit(),
      () => this.#rollback(),
    ];
    this.#pick(steps)?.();
  }

  commit(): void {
    this.#database.session.commit();
    this.#committed = { model: copyModel(this.#model), objects: copyObjects(this.#objects) };
  }

  #rollback(): void {
    this.#database.session.rollback();
    this.#model = copyModel(this.#committed.model);
    this.#objects = copyObjects(this.#committed.objects);
  }

  #newDepartment(): void {
    const name = `d${this.#count++}`;
    const department = new Department({ name });
    this.#database.session.add(department);
    this.#objects.departments.set(name, department);
    this.#model.departments.add(name);
  }

  #newEmployee(): void {
    const name = `e${this.#count++}`;
    const department = this.#pickName(this.#objects.departments);
    const manager = this.#pickName(this.#objects.employees);
    const employee = new Employee({ name, department: this.#department(department), manager: this.#employee(manager) });
    this.#database.session.add(employee);
    this.#objects.employees.set(name, employee);
    this.#model.employees.set(name, { department, manager });
  }

  #newPerson(): void {
    const [person, skill] = [`p${this.#count++}`, `s${this.#count++}`];
    this.#objects.people.set(person, new Person({ name: person }));
    this.#objects.skills.set(skill, new Skill({ name: skill }));
    this.#database.session.addAll([...this.#objects.people.values(), ...this.#objects.skills.values()].slice(-99));
    this.#model.people.set(person, new Set());
    this.#model.skills.add(skill);
  }

  #moveEmployee(): void {
    const name = this.#pickName(this.#objects.employees);
    const department = this.#pickName(this.#objects.departments);
    const employee = this.#employee(name);
    const known = name === null ? undefined : this.#model.employees.get(name);
    if (name === null || employee === null || known === undefined) return;
    const target = this.#department(department);
    if (target === null) employee.department = null;
    else if (this.#next(2) === 0) employee.department = target;
    else if (!target.employees.includes(employee)) target.employees.push(employee);
    this.#model.employees.set(name, { ...known, department });
  }

  /** Only of someone older, so that nobody manages themselves by a detour. */
  #setManager(): void {
    const names = [...this.#objects.employees.keys()];
    const at = this.#next(names.length + 1) - 1;
    const name = names[at];
    const manager = names[this.#next(at + 1) - 1] ?? null;
    const known = name === undefined ? undefined : this.#model.employees.get(name);
    if (name === undefined || known === undefined || manager === name) return;
    const employee = this.#employee(name);
    if (employee === null) return;
    employee.manager = this.#employee(manager);
    this.#model.employees.set(name, { ...known, manager });
  }

  #toggleSkill(): void {
    const personName = this.#pickName(this.#objects.people);
    const skillName = this.#pickName(this.#objects.skills);
    const person = personName === null ? undefined : this.#objects.people.get(personName);
    const skill = skillName === null ? undefined : this.#objects.skills.get(skillName);
    if (personName === null || skillName === null || person === undefined || skill === undefined) return;
    const held = new Set(this.#model.people.get(personName));
    if (held.delete(skillName)) {
      if (this.#next(2) === 0) person.skills.remove(skill);
      else skill.holders.remove(person);
    } else {
      held.add(skillName);
      if (this.#next(2) === 0) person.skills.push(skill);
      else skill.holders.push(person);
    }
    this.#model.people.set(personName, held);
  }

  #deleteEmployee(): void {
    const name = this.#pickName(this.#objects.employees);
    const employee = this.#employee(name);
    if (name === null || employee === null || employee.id === undefined) return;
    this.#database.session.delete(employee);
    this.#objects.employees.delete(name);
    this.#model.employees.delete(name);
    for (const [other, known] of this.#model.employees) {
      if (known.manager === name) this.#model.employees.set(other, { ...known, manager: null });
    }
    this.#database.session.flush();
  }

  #deleteDepartment(): void {
    const name = this.#pickName(this.#objects.departments);
    const department = this.#department(name);
    if (name === null || department === null || department.id === undefined) return;
    this.#database.session.delete(department);
    this.#objects.departments.delete(name);
    this.#model.departments.delete(name);
    for (const [other, known] of this.#model.employees) {
      if (known.department === name) this.#model.employees.set(other, { ...known, department: null });
    }
    this.#database.session.flush();
  }

  #deletePersonOrSkill(): void {
    const ofPeople = this.#next(2) === 0;
    const all: ReadonlyMap<string, Person | Skill> = ofPeople ? this.#objects.people : this.#objects.skills;
    const name = this.#pickName(all);
    const object = name === null ? undefined : all.get(name);
    if (name === null || object === undefined || object.id === undefined) return;
    this.#database.session.delete(object);
    this.#database.session.flush();
    if (ofPeople) {
      this.#objects.people.delete(name);
      this.#model.people.delete(name);
      return;
    }
    this.#objects.skills.delete(name);
    this.#model.skills.delete(name);
    for (const [person, held] of this.#model.people) {
      this.#model.people.set(person, new Set([...held].filter((each) => each !== name)));
    }
  }

  #department(name: string | null): Department | null {
    return name === null ? null : (this.#objects.departments.get(name) ?? null);
  }

  #employee(name: string | null): Employee | null {
    return name === null ? null : (this.#objects.employees.get(name) ?? null);
  }

  #pick<T>(items: readonly T[]): T | undefined {
    return items[this.#next(items.length)];
  }

  #pickName(objects: ReadonlyMap<string, object>): string | null {
    return this.#next(5) === 0 ? null : (this.#pick([...objects.keys()]) ?? null);
  }

  expected(): string[] {
    const { departments, employees, people, skills } = this.#model;
    return [
      ...departments,
      ...[...employees].map(([name, { department, manager }]) => `${name} ${department ?? "-"} ${manager ?? "-"}`),
      ...people.keys(),
      ...[...people].flatMap(([name, held]) => [...held].map((skill) => `${name} ${skill}`)),
      ...skills,
    ].toSorted();
  }

  actual(): string[] {
    const rows = this.#database.session.execute(
      text(
        "SELECT name AS line FROM department UNION ALL " +
          "SELECT e.name || ' ' || coalesce(d.name, '-') || ' ' || coalesce(m.name, '-') FROM employee e " +
          "LEFT JOIN department d ON d.id = e.department_id LEFT JOIN employee m ON m.id = e.manager_id UNION ALL " +
          "SELECT name FROM person UNION ALL SELECT name FROM skill UNION ALL " +
          "SELECT p.name || ' ' || s.name FROM person_skill l JOIN person p ON p.id = l.person_id " +
          "JOIN skill s ON s.id = l.skill_id",
      ),
    );
    return rows.scalars().all().map(String).toSorted();
  }
}

function copyModel({ departments, employees, people, skills }: Model): Model {
  return {
    departments: new Set(departments),
    employees: new Map(employees),
    people: new Map(people),
    skills: new Set(skills),
  };
}

function copyObjects({ departments, employees, people, skills }: Objects): Objects {
  return {
    departments: new Map(departments),
    employees: new Map(employees),
    people: new Map(people),
    skills: new Map(skills),
  };
}

function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("the database holds what the model says, whatever was done", () => {
  for (let seed = 1; seed <= 150; seed++) {
    using database = openDatabase(metadata);
    const work = new Work(database, numbersFrom(seed * 7919));
    for (let step = 0; step < 60; step++) {
      try {
        work.step();
      } catch (error) {
        throw new RangeError(`seed ${seed}, step ${step}`, { cause: error });
      }
    }
    work.commit();
    expect(work.actual(), `seed ${seed}`).toEqual(work.expected());
  }
});
