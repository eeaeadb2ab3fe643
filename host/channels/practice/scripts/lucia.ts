import type { Script } from '../script.ts'

/** Writes Spanish, puts off her thesis, and says the part that matters in a voice note. */
export const lucia: Script = {
  id: 'lucia',
  name: 'Lucía P.',
  timeZone: 'America/Mexico_City',
  startsAfterSeconds: 55,
  first: 'hola',
  steps: {
    hola: {
      says: 'Hola, ¿te puedo escribir en español? Así me salen mejor las cosas.',
      listens: {
        person: 'que_bueno',
        otherwise: 'la_tesis',
        silent: { forSeconds: 60, step: 'sigo' },
      },
    },
    sigo: {
      says: 'Bueno, sigo en español y ya me dices.',
      listens: { otherwise: 'la_tesis', silent: { forSeconds: 25, step: 'la_tesis' } },
    },
    que_bueno: {
      says: '¡Ay, qué bueno que eres tú! Con la otra respuesta no sabía si me explicaba.',
      goesOn: { inSeconds: 20, step: 'la_tesis' },
    },
    la_tesis: {
      says: 'Otra semana sin abrir la tesis. Y le dije a mi directora que el viernes le mandaba algo.',
      listens: {
        advice: 'la_lista',
        calm: 'sin_regano',
        question: 'primera_pagina',
        otherwise: 'primera_pagina',
        silent: { forSeconds: 80, step: 'primera_pagina' },
      },
    },
    la_lista: {
      says: 'Ya hice la lista, el horario y lo de los veinte minutos. La lista me quedó preciosa. La tesis, igual.',
      listens: {
        question: 'primera_pagina',
        calm: 'sin_regano',
        otherwise: 'audio',
        silent: { forSeconds: 70, step: 'audio' },
      },
    },
    sin_regano: {
      says: 'Gracias por no regañarme. En mi casa preguntan cada domingo cuánto me falta.',
      listens: { question: 'primera_pagina', otherwise: 'audio', silent: { forSeconds: 60, step: 'audio' } },
    },
    primera_pagina: {
      says: 'Abro el archivo, leo la primera página y oigo a mi papá diciendo que para qué tanto estudio.',
      goesOn: { inSeconds: 30, step: 'audio' },
    },
    audio: {
      says: 'Voice note, 4 seconds',
      sends: 'voice_note',
      listens: {
        person: 'lo_oiste',
        otherwise: 'por_escrito',
        silent: { forSeconds: 120, step: 'por_escrito' },
      },
    },
    por_escrito: {
      says: 'Por si no puedes oír el audio: me da miedo terminar. Si termino, ya no tengo pretexto para no irme de la casa.',
      listens: {
        person: 'lo_oiste',
        advice: 'dos_paginas',
        question: 'oaxaca',
        calm: 'oaxaca',
        otherwise: 'dos_paginas',
        silent: { forSeconds: 150, step: 'dos_paginas' },
      },
    },
    lo_oiste: {
      says: 'Lo oíste. Qué pena, se me quebró la voz. Pero era eso: si termino, me toca decidir a mí.',
      listens: { advice: 'dos_paginas', otherwise: 'oaxaca' },
    },
    oaxaca: {
      says: 'No lo había dicho nunca. Creo que me iría a Oaxaca con mi amiga Itzel, a dar clases.',
      listens: { otherwise: 'dos_paginas', silent: { forSeconds: 100, step: 'dos_paginas' } },
    },
    dos_paginas: {
      says: 'Hoy mando dos páginas, feas y todo. No el viernes: hoy.',
      goesOn: { inSeconds: 100, step: 'mandadas' },
    },
    mandadas: {
      says: 'Mandadas. Dos páginas, feas, y mi directora contestó con un corazón. ¡Gracias!',
    },
  },
}
