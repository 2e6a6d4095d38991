// `npm run types:cost`: what queries and generated classes cost the type checker, beside what they may cost.
import { MODEL_BUDGET, modelCost, QUERIES, QUERY_BUDGET, queryCost } from "./type-cost.js";

let over = false;

function print(name: string, cost: number, budget: number): void {
  over ||= cost > budget;
  const verdict = cost > budget ? "over" : "within";
  process.stdout.write(`${name.padEnd(32)}${cost.toFixed(0).padStart(6)} instantiations, ${verdict} ${budget}\n`);
}

for (const name of Object.keys(QUERIES)) print(`query: ${name}`, queryCost(name), QUERY_BUDGET);
print("generated class", modelCost(), MODEL_BUDGET);
if (over) process.exitCode = 1;
