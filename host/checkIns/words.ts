import type { HouseLanguage } from '../../shared/taxonomy/conversation.ts'

/** Fixed wordings, never a model's, that address a client as the fixed notices do. */
const wordings = {
  en: (name, plan) => `Hi ${name}, a while ago you told me about something you wanted to do: “${plan}”. How did it go?`,
  es: (name, plan) => `Hola, ${name}. Hace poco me contaste algo que querías hacer: «${plan}». ¿Cómo te ha ido?`,
  de: (name, plan) =>
    `Hallo ${name}, Sie hatten mir von einem Vorhaben erzählt: „${plan}“. Wie ist es Ihnen damit gegangen?`,
  fr: (name, plan) =>
    `Bonjour ${name}, vous m'aviez parlé de quelque chose que vous vouliez faire : « ${plan} ». Comment cela s'est-il passé ?`,
  pt: (name, plan) => `Olá, ${name}. Há algum tempo falou de algo que queria fazer: «${plan}». Como foi?`,
} satisfies Record<HouseLanguage, (name: string, plan: string) => string>

const beforeDue = /[\s,]+(?:by|until|till|before|on|bis|vor|am|para el|hasta|antes del?|pour|avant|até|antes de)?\s*$/iu

/** "Call Ana by tomorrow", asked after days later, is "call Ana". */
const withoutDue = (commitment: string, dueText: string | null): string => {
  const isAtEnd = dueText !== null && commitment.toLowerCase().endsWith(` ${dueText.toLowerCase()}`)
  return isAtEnd ? commitment.slice(0, -dueText.length).replace(beforeDue, '') || commitment : commitment
}

/** A name may begin with a picture. */
const firstName = (name: string): string => {
  const words = name.trim().split(/\s+/u)
  return words.find((word) => /\p{L}/u.test(word)) ?? words[0] ?? name
}

/** The words of a check-in as suggested: the client's own, quoted, or the coach's where they corrected them. */
export const checkInText = (
  language: HouseLanguage,
  clientName: string,
  { commitment, dueText }: { readonly commitment: string; readonly dueText: string | null },
): string => wordings[language](firstName(clientName), withoutDue(commitment, dueText))
