export const smallWords: ReadonlySet<string> = new Set(
  [
    'the a an and or but if so because as of to in on at by for with about from into over after before between out up down off than then',
    'i im ive ill id me my mine myself you youre your yours u ur he hes she shes it its we were us our they theyre them their this that these those there theres here',
    'is am are was were be been being have has had do does did dont doesnt didnt cant cannot can could couldnt will wont would wouldnt should shouldnt might may must isnt arent wasnt not no never',
    'what whats when where who why how which just really very too also even still again only more most much many some any all every everyone everything nothing nobody someone anyone something anymore always',
    'want wanna gonna going go get got need know think feel feeling make made say said tell told keep like help please thanks thank hello hi hey yes yeah okay ok good bad better',
    'today tomorrow yesterday tonight now day days week time life work job home people way',
    // Words of other languages too, so that they prove nothing by themselves.
    'die war hat man bin gut hell pain pour tout me son once has on mal sin come dare',
  ]
    .join(' ')
    .split(' '),
)
