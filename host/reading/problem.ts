import type { ReadingProblemCode } from '../../shared/taxonomy/library.ts'

const sentences = {
  empty: 'The file is empty.',
  encrypted: 'The file is protected with a password or against copying. Save a copy without that and add the copy.',
  damaged: 'The file is damaged and cannot be read to its end. Save it again from the program it comes from.',
  not_that_kind: 'The file is not what its name says. Save it again from the program it comes from.',
  unknown_kind:
    'OpenCoach cannot read this kind of file. Save it as PDF, Word (.docx), PowerPoint (.pptx), EPUB, web page or plain text and add that.',
  no_text: 'There is no text in this file.',
  too_large: 'The file is too large to be read here. Split it into smaller ones.',
  too_many_pages: 'The document has too many pages to be read in one piece. Split it into smaller ones.',
  unpacks_too_large: 'The file unpacks to far more than its size and was not opened.',
  took_too_long: 'Reading the file took too long and was stopped.',
  too_much_memory: 'Reading the file needs more memory than there is. Split it into smaller ones.',
  vanished: 'The file is no longer where it was.',
  not_allowed: 'OpenCoach is not allowed to open this file or folder. Change its permissions or copy it elsewhere.',
  no_space: 'There is no space left on the disk. Make room, then try again.',
  no_transcription:
    'Recordings need a transcription service. Set one up under Recordings in Settings; then they are read by themselves.',
  reader_failed: 'The file could not be read.',
  stopped_often:
    'OpenCoach stopped several times in the middle of reading this file. Try again; if it stops once more, leave the file out.',
} satisfies Record<ReadingProblemCode, string>

/** A document that cannot be read, with the sentence that the coach sees. */
export class ReadingProblem extends Error {
  readonly code: ReadingProblemCode
  constructor(code: ReadingProblemCode, options?: ErrorOptions) {
    super(sentences[code], options)
    this.code = code
  }
}
