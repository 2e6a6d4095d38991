// docs/orm.md: every example is run.
import * as testing from "athanor/testing";
import * as models from "../../generated/index.js";
import * as staff from "../emit/cases/hierarchies/index.js";
import * as devices from "../emit/cases/mutable-values/index.js";
import * as authors from "../emit/cases/properties/index.js";
import * as accounts from "../emit/cases/proxies/index.js";
import { describeExamples } from "./run-examples.js";

describeExamples("docs/orm.md", {
  "athanor/testing": testing,
  "./generated/index.js": models,
  "./staff/index.js": staff,
  "./devices/index.js": devices,
  "./authors/index.js": authors,
  "./accounts/index.js": accounts,
});
