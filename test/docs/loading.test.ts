// docs/loading.md: every example is run.
import * as models from "../../generated/index.js";
import { describeExamples } from "./run-examples.js";

describeExamples("docs/loading.md", { "./generated/index.js": models });
