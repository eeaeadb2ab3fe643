/** Finds something that identifies a person by its form; `take` may shorten or refuse what the pattern found. */
export interface Detector {
  readonly label: 'LINK' | 'EMAIL' | 'IBAN' | 'CARD' | 'PHONE' | 'HANDLE'
  readonly pattern: RegExp
  /** Length of the part to hide, 0 for none. */
  take(found: string): number
}

const everything = (found: string): number => found.length

const mod97 = (iban: string): number => {
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    for (const digit of Number.parseInt(character, 36).toString()) rest = (rest * 10 + Number(digit)) % 97
  }
  return rest
}

/** An international bank account number by its checksum, spaces allowed. */
export const isIban = (text: string): boolean => {
  const compact = text.replace(/\s/gu, '').toUpperCase()
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/u.test(compact) && mod97(compact) === 1
}

/** A payment card number by its check digit, spaces and hyphens allowed. */
export const isCard = (text: string): boolean => {
  const digits = text.replace(/\D/gu, '')
  if (!/^[2-6]\d{12,18}$/u.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

// Words after the number look like more of it, so every place where it could end is tried.
const ibanLength = (found: string): number => {
  for (let end = found.length; end >= 15; end -= 1) {
    if (/[A-Za-z0-9]/u.test(found[end] ?? ' ')) continue
    if (isIban(found.slice(0, end))) return found.slice(0, end).trimEnd().length
  }
  return 0
}

const phoneLength = (found: string): number => {
  const digits = found.replace(/\D/gu, '').length
  const isInternational = /^(?:\+|00)/u.test(found)
  const isGrouped = /^\(?\d{2,4}\)?[ .-]\d{3}[ .-]\d{3,4}$/u.test(found)
  return isInternational || isGrouped || digits >= 9 ? found.length : 0
}

/** In this order; what an earlier one has hidden, a later one does not see. */
export const detectors: readonly Detector[] = [
  {
    label: 'LINK',
    pattern: /(?<![\p{L}\p{N}])[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/@]{1,200}@[^\s<>"]{1,500}/giu,
    take: everything,
  },
  {
    label: 'LINK',
    pattern:
      /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"?#]{1,500}[?#](?:[^\s<>"]{0,500}&)?(?:[\w-]{0,30}(?:token|secret|password|passwd|signature)|api_?key|key|pwd|pw|sig|auth|code)=[^\s<>"]{1,500}/giu,
    take: everything,
  },
  {
    label: 'EMAIL',
    pattern: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu,
    take: everything,
  },
  {
    label: 'IBAN',
    pattern: /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,34}/giu,
    take: ibanLength,
  },
  {
    label: 'CARD',
    pattern: /(?<![\p{L}\p{N}])\d(?:[ -]?\d){12,18}(?!\p{N})/gu,
    take: (found) => (isCard(found) ? found.length : 0),
  },
  {
    label: 'PHONE',
    // A date is not a telephone number.
    pattern:
      /(?<![\p{L}\p{N}.,])(?!\d{4}([-./])\d{1,2}\1\d{1,2}(?!\d)|\d{1,2}([-./])\d{1,2}\2\d{2,4}(?!\d))(?:\+|\()?\d(?:[ ()./-]{0,2}\d){6,17}(?!\p{N})/gu,
    take: phoneLength,
  },
  { label: 'HANDLE', pattern: /(?<![\p{L}\p{N}_@./])@[\p{L}\p{N}_]{3,32}/gu, take: everything },
]
