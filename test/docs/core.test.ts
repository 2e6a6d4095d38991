// docs/core.md: every example is type-checked and run.
import { describeExamples, describeTypedExamples } from "./run-examples.js";

describeExamples("docs/core.md");
describeTypedExamples("docs/core.md");
