// docs/relationships.md: every example is run.
import * as models from "../unit-of-work/models/index.js";
import { describeExamples } from "./run-examples.js";

describeExamples("docs/relationships.md", { "./generated/index.js": models });
