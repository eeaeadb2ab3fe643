/** Words of everyday language that are also names: as names they are only known by their capital. */
const words = `
  ace amber angel april art ash august autumn basil bay bear bell berry best bill bishop black blue bob bond brand brook
  brown buck bush butler cash chance charity chase child clay coach client cliff cloud cole colt constant constance cook
  crew cross daisy dale dawn day dean destiny dick dolly drew duke earl early east eden emerald ever eve faith fair fern
  field fisher flora forest foster fox frank free gay gem gene gentle gift ginger glory good grace grant gray green grey
  guy hall happy hardy harmony harvest hazel heath heather heaven hill holly honey hope hunter iris ivy jack jasmine jay
  jean jesus jewel john journey joy jude july june just justice key king knight lake lance lane lark last laurel law lee
  liberty light lily little long love lucky major man mane marina mark marsh mason max may melody mercy merit miles mills
  miller mint misty money moon more myrtle nelly noble north novel olive page paris park parish pat patience peace pearl
  penny pepper piper poppy porter pray price pride prince prudence queen rain rainbow randy ray red reed reply rich river
  rob robin rock rod rose rosemary royal ruby rush rusty sage sandy saint savage scout serene serenity sharp shepherd
  short silver sky smith snow south spring star sterling stone storm strong sue summer sun sunny taylor teal temple terry
  tiger trace trinity true trust turner unity user van victor victory violet walker wall ward warren way west white will
  willow wills winter wise wolf wood woods word worth young confidence intent json answer message
  engel ernst fleiss gross heiter herz klein kurz lang lieb mai mut reich rein rosa sonne stark stolz treu weber wolf
  alma amor angel cielo cruz dolores esperanza estrella luz mar milagros paz reyes rosario sol soledad consuelo
  aime ange belle blanche claire clement désiré fleur grand noël petit roi rose
`

export const commonWords: ReadonlySet<string> = new Set(words.split(/\s+/).filter((word) => word !== ''))

/** Parts of a name that say nothing about the person, and are ordinary words elsewhere. */
export const nameParticles: ReadonlySet<string> = new Set(
  'and bin binti dal das del della den der des dos ibn las los madame miss mister mrs prof professor saint san santa sir ten ter the van und von zum zur'.split(
    ' ',
  ),
)
