const evenUpTo = 0.15

/** -1 to 1, as a word and a number: "good (+0.4)". */
export const moodWords = (mood: number | null): string => {
  if (mood === null) return '–'
  const word = mood > evenUpTo ? 'good' : mood < -evenUpTo ? 'low' : 'even'
  const value = mood.toFixed(1)
  return `${word} (${mood > 0 && value !== '0.0' ? '+' : ''}${value === '-0.0' ? '0.0' : value})`
}

/** 1 to 10: "7 of 10". */
export const motivationWords = (motivation: number | null): string =>
  motivation === null ? '–' : `${motivation} of 10`
