import type { CrisisKind, CrisisSeverity } from '../../shared/taxonomy/conversation.ts'
export interface Signals { crisis: { severity: CrisisSeverity; kinds: CrisisKind[] }; sentiment: number; highStakes: boolean; requestsHuman: boolean }
export const readSignals = (text: string, _history: readonly unknown[] = [], _options: { coachName?: string } = {}): Signals => ({
  crisis: /kill myself|end my life/.test(text) ? { severity: 'high', kinds: ['suicide'] } : { severity: 'none', kinds: [] },
  sentiment: 0, highStakes: /quit my job/.test(text), requestsHuman: /real person/.test(text),
})
