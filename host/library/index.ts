export type { ReadingRoom } from './ingest.ts'
export { createLibrary, hasDocuments, type Library, noteUse } from './library.ts'
export { createReadingRoom } from './room.ts'
export { createUploads, type Uploads } from './uploads.ts'
