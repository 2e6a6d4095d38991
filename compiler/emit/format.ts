// Generated text in its final form: prettier with options of our own, never those of the project around it.
import { format, type Options } from "prettier";

const options: Options = {
  parser: "typescript",
  printWidth: 120,
  tabWidth: 2,
  useTabs: false,
  semi: true,
  singleQuote: false,
  quoteProps: "as-needed",
  trailingComma: "all",
  bracketSpacing: true,
  arrowParens: "always",
  endOfLine: "lf",
  embeddedLanguageFormatting: "off",
};

/** `text`, a TypeScript module, as prettier prints it. */
export async function formatTypeScript(text: string): Promise<string> {
  return format(text, options);
}
