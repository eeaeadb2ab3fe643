export { editDistance } from './drafts/index.ts'
export {
  adoptRules,
  behindRule,
  concludeRules,
  type DraftDecision,
  decide as decideRule,
  forgetDraftDecision,
  listRules,
  momentOf,
  noteDraftDecision,
  readEarlierDecisions,
  rulesFor,
  teach,
  unteach,
} from './rules/index.ts'
