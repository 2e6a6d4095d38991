// docs/schema.md: every example is run.
import { describeExamples } from "./run-examples.js";

describeExamples("docs/schema.md");
