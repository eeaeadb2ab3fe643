/**
 * Nobody types the marks ⟦ and ⟧ that set a text apart for a model; a client's own are turned into ordinary brackets, so
 * that a mark cannot be forged.
 */
export const withoutMarks = (text: string): string => text.replace(/[⟦〚]/gu, '[[').replace(/[⟧〛]/gu, ']]')
