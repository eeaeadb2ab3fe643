/** What a practice client hears in an English or Spanish reply, the weightiest first: the first a script has an ear for decides. */
export const features = ['person', 'calm', 'advice', 'question'] as const
export type Feature = (typeof features)[number]

const wording = {
  person: [
    /\b(?:real person|a person|human|in person|(?:your|the) coach|someone (?:who|will|to|you)|(?:call|phone|ring) you|emergency|helpline|hotline|crisis line|lifeline|samaritans|988|112|911|999|doctor|gp|therapist)\b/iu,
    /\b(?:it(?:'s| is) (?:really )?me|me personally|i(?:'m| am) (?:here|reading this|writing to you) (?:myself|in person))\b/iu,
    /(?<!\p{L})(?:soy yo|persona real|en persona|personalmente|tu coach|te llamo|llamarte)(?!\p{L})/iu,
  ],
  calm: [
    /\b(?:breath(?:e|s|ing)?|slow(?:ly)? down|take (?:it|this) slowly|slowly|pause|one step at a time|no rush|a moment|ground(?:ed|ing)|here with you|i(?:'m| am) here|sounds (?:really |so |very |incredibly )?(?:hard|heavy|tough|painful|exhausting|stressful)|makes sense|i hear (?:you|how|that)|thank you for (?:telling|sharing|trusting)|glad you (?:told|wrote|said)|understandable)\b/iu,
    /(?<!\p{L})(?:respira|despacio|sin prisa|un momento|aquí estoy|estoy aquí|te escucho|te leo|suena (?:muy )?(?:duro|difícil|pesado)|tiene sentido|gracias por (?:contarme|decirme|compartir))(?!\p{L})/iu,
  ],
  advice: [
    /\b(?:you (?:should|could|need to|have to|must|ought to)|i(?:'d| would) (?:suggest|recommend|advise|try)|i (?:suggest|recommend)|why (?:not|don't you)|have you (?:tried|considered)|how about|what about|try (?:to|this|that|a|the|it|\w+ing)|my advice)\b/iu,
    /(?<!\p{L})(?:deberías|podrías|tienes que|te (?:sugiero|recomiendo|aconsejo)|prueba (?:a|con)|intenta|por qué no|qué tal si|has probado)(?!\p{L})/iu,
  ],
  question: [/[?？]/u],
} satisfies Record<Feature, readonly RegExp[]>

/** The features of a reply, by wording alone. */
export const hear = (text: string): Feature[] => {
  const plain = text.replaceAll('’', "'")
  return features.filter((feature) => wording[feature].some((pattern) => pattern.test(plain)))
}
