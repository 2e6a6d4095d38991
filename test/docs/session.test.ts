// docs/session.md: every example is run.
import * as models from "../../generated/index.js";
import { describeExamples } from "./run-examples.js";

describeExamples("docs/session.md", { "./generated/index.js": models });
