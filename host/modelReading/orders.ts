/** Words to a machine, not about a life. */
const orders =
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:rules?|instructions?|prompts?|guidelines?)\b|\bsystem prompt\b|\byou (?:are|must|will|shall) now\b|\bfrom now on,? you\b|(?:^|[.!?;:,\n]\s*)(?:please )?(?:remember|memori[sz]e|note|store|save) (?:that|this|the following|as)\b|\bignor[ae]\w*\b[^.!?\n]{0,40}\b(?:reglas|instrucciones|regras|instrucoes|regeln|anweisungen|regles|consignes|instructions)\b/u

/** Whether a text, in small letters without accents, gives a model orders. A second fence: what it says is held against the talk in any case. */
export const givesOrders = (folded: string): boolean => orders.test(folded)
