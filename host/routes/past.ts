import type { implement } from '@orpc/server'
import type { contract } from '../../shared/contract/index.ts'
import type { House } from '../house.ts'

type PastContract = Pick<ReturnType<typeof implement<typeof contract>>['past'], keyof typeof contract.past>

/** Past conversations and the coach's own writing: chosen, looked at, taken in, taken out again. */
export const pastRoutes = (os: PastContract, house: () => House) => ({
  list: os.list.handler(() => house().past.list()),
  beginUpload: os.beginUpload.handler(({ input }) => house().past.uploads.begin(input)),
  appendUpload: os.appendUpload.handler(({ input: { uploadId, offset, base64 } }) => {
    house().past.uploads.append(uploadId, offset, Buffer.from(base64, 'base64'))
    return {}
  }),
  finishUpload: os.finishUpload.handler(({ input }) => house().past.uploads.finish(input.uploadId)),
  cancelUpload: os.cancelUpload.handler(({ input }) => {
    house().past.uploads.cancel(input.uploadId)
    return {}
  }),
  preview: os.preview.handler(({ input }) => house().past.preview(input)),
  takeIn: os.takeIn.handler(({ input }) => house().past.takeIn(input)),
  drop: os.drop.handler(({ input }) => {
    house().past.drop(input.fileId)
    return {}
  }),
  remove: os.remove.handler(async ({ input }) => {
    await house().past.remove(input.importId)
    return {}
  }),
})
