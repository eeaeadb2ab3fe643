export { dismissGap, keepGap, listGaps } from './gaps.ts'
export { addLink, listLinks, removeLink } from './links.ts'
export { createRetrieval, type Retrieval } from './retrieval.ts'
export { fillSpacesJob, wantVectors } from './spaces/index.ts'
