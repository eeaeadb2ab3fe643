import { directoryOfHelplines, resourcesOf } from './resources.ts'

/** Fixed texts a person has vetted; never written or changed by a model. */
export const noticeIds = ['crisis_holding', 'handoff_holding', 'ai_disclosure'] as const
export type NoticeId = (typeof noticeIds)[number]

export interface NoticeContext {
  readonly coachName: string
  /** ISO 3166-1 alpha-2; null where it is not known. */
  readonly region: string | null
}

const crisisHolding = ({ coachName, region }: NoticeContext): string => {
  const alerted = `Thank you for telling me. I have alerted ${coachName}, who will answer you personally.`
  const local = resourcesOf(region)
  return local
    ? `${alerted} If you or someone else is in immediate danger, please call ${local.emergencyNumber}. You can also reach people who listen right now: ${local.service.name}, ${local.service.contact}.`
    : `${alerted} If you or someone else is in immediate danger, please call your local emergency number. You can also find people who listen right now at ${directoryOfHelplines.name}: ${directoryOfHelplines.contact}.`
}

/** The text of a notice as the client receives it. A crisis notice names two places at most, and asks nothing. */
export const noticeText = (id: NoticeId, context: NoticeContext): string => {
  const coachName = context.coachName.trim() || 'your coach'
  switch (id) {
    case 'crisis_holding':
      return crisisHolding({ ...context, coachName })
    case 'handoff_holding':
      return `I've let ${coachName} know; they'll answer you personally.`
    case 'ai_disclosure':
      return `Hello, I'm the AI clone of ${coachName}, not a person. I answer first, and ${coachName} reads along. If you would rather hear from ${coachName} directly, just say so.`
  }
}
