export { dot, meanOf, normalise, signBits, toBlob, vectorFromBlob } from './quantise.ts'
export { createVectorIndex, type VectorIndex } from './vectorIndex.ts'
