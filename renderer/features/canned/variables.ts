const written = /\{\{\s*([\w ]+?)\s*\}\}/g

/** Puts the values in for the variables of a canned reply; one it does not know is left as it stands. */
export const fillVariables = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(written, (whole, name: string) => values[name.toLowerCase()] || whole)

/** The variables that still stand in a text, each once, as they are written. */
export const openVariables = (text: string): readonly string[] => [...new Set(text.match(written) ?? [])]
