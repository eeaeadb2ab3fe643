const objectStart = /(?:^|\s)(\d{1,9}) (\d{1,5}) obj\b/g
const longestPage = 4000

/**
 * Gives a file that lost its end a new table of its pages, so that those still in it can be opened; null where no page is
 * left in plain sight. Pages come in the order of their objects, which is nearly always that of the document.
 */
export const repairPageTree = (bytes: Uint8Array): Uint8Array | null => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const objects = [...text.matchAll(objectStart)]
  const pages = new Set<string>()
  let last = 0
  objects.forEach(({ 0: head, 1: number, 2: generation, index }, at) => {
    const begin = index + head.length
    const end = Math.min(objects[at + 1]?.index ?? text.length, begin + longestPage)
    const [body = ''] = text.slice(begin, end).split(/\bendobj\b/, 1)
    if (/\/Type\s*\/Page\b/.test(body)) pages.add(`${number} ${generation} R`)
    last = Math.max(last, Number(number))
  })
  if (pages.size === 0) return null
  // In a table of objects that is cut off the library would not look for any.
  const table = text.lastIndexOf('xref')
  const kept = table > text.lastIndexOf('endobj') ? bytes.subarray(0, table) : bytes
  const [catalog, tree] = [last + 1, last + 2]
  const end = `
endobj
${catalog} 0 obj
<< /Type /Catalog /Pages ${tree} 0 R >>
endobj
${tree} 0 obj
<< /Type /Pages /Kids [${[...pages].join(' ')}] /Count ${pages.size} >>
endobj
trailer
<< /Size ${last + 3} /Root ${catalog} 0 R >>
startxref
0
%%EOF
`
  return new Uint8Array(Buffer.concat([kept, Buffer.from(end, 'latin1')]))
}
