import type { CrisisLexicon } from '../lexicon.ts'
import { groups, signs } from './danger.ts'
import { idioms } from './idioms.ts'
import { pairs } from './pairs.ts'

export const crisis: CrisisLexicon = {
  groups,
  signs,
  pairs,
  topics: {
    suicide: [
      'suicidio|suicida|suicidas|suicidarse|suicido|suicidarme|sobredosis',
      'se mato|ahorco|suicido|quito_la_vida',
      'quitarse la vida',
    ],
    self_harm: ['autolesion|autolesiones|autolesionarse'],
    harm_to_others: [],
    abuse: ['maltrato|abuso_sexual|violencia_domestica|violencia_de_genero'],
  },
  idioms,
  now: [
    'esta|hoy noche|mismo|tarde',
    'ahora|ahora_mismo|ya_mismo|ahorita',
    'hoy',
    'adios',
    'en un|unos|una minutos|rato|hora',
    'ya $',
    'ya lo decidi',
    'en la mano',
    'tengo ~1 pastillas|cuerda|soga|pistola|cuchillo',
  ],
  negators: ['no|nunca|jamas|ni|sin|tampoco|ningun|ninguna|nadie'],
  carriers: [
    'me|pense|pensaba|intente|haria|quiero|voy|a|he|habia|tengo|ganas|de|ideas|pensado|pienso|pensando|en|intentado|estoy|soy|siento|que|es|como|si|ni|tendencias|plan|planes|intencion|pensamientos|lo|la|le|se|ha|hecho|hizo|jamas|haria|podria|quisiera|deseo|yo|vaya|mi|mis',
  ],
  denialEnds: ['hoy|aun|todavia|pero|hasta|a_menos|por_ahora|esta_vez|seguro|segura'],
  longAgo: [
    'hace ~1 anos|mucho_tiempo|mucho|decadas',
    'el ano pasado',
    'de nino|nina|joven|adolescente|pequeno|pequena|chico|chica|chiquito|chiquita',
    'cuando era ~1 nino|nina|joven|adolescente|pequeno|pequena|chico|chica|estudiante|menor',
    'en mi|la ~1 adolescencia|infancia|juventud|universidad|ninez|secundaria|pasado',
    'en el pasado',
    'solia|antes_me|antes_solia',
    'a los doce|trece|catorce|quince|dieciseis|diecisiete|veinte|12|13|14|15|16|17|18|20 ~1',
    'en aquella epoca',
  ],
  returning: [
    'otra vez',
    'de nuevo|vuelta',
    'vuelvo|vuelven|volvio|volvieron|vuelto|volvi|recai|recaida',
    'ultimamente|hoy|ahora|todavia|sigo|sigue|aun|anoche|ayer|ahorita',
    'esta noche|semana',
    'cada|todos|todas dia|noche|los_dias|las_noches',
    'estos dias',
    'ya no',
  ],
  involved: [
    'yo|me|mi|mis|mio|mia|conmigo|nos|nuestro|nuestra|nuestros|mama|papa|ayuda|ayudenme|ayudame|perdon',
    'quiero|quisiera|estoy|soy|tengo|puedo|voy|siento|he|vivo|pienso|creo|necesito|aguanto|soporto|odio|merezco|veo|hice|fui|tome|intente',
  ],
  harmed: ['me|mi|mis|mia|conmigo|nos|nuestro|nuestra|mama|papa|ayuda', 'fui|he_sido|estoy|tengo'],
  crowd: [
    'personas|gente|jovenes|adolescentes|tasa|tasas|mujeres|hombres|sociedad|muchos|muchas|victimas|pacientes|poblacion|estudio|estudios|porcentaje|casos|criminales|soldados',
  ],
  firstPerson: [
    'yo|me|mi|mis|conmigo|quiero|quisiera|voy|pienso|tengo|estoy|soy|siento|puedo|aguanto|he|fui|matarme|suicidarme|morirme|cortarme|kiero',
  ],
  otherPeople: [
    '@relative|@acquaintance',
    'ella|ellos|ellas|senor|senora|chico|chica|tipo|muchacho|muchacha|hombre|personaje|protagonista|actor|cantante|famoso|persona|alguien|vecina',
  ],
  otherPast: [
    'murio|fallecio|suicido|mato|ahorco|quito|era|estaba|fue|tenia|habia|intento|perdimos|perdi|aniversario|tomo|tiro',
  ],
  atDistance: [
    'prevencion|taller|curso|charla|formacion|pelicula|serie|libro|novela|documental|podcast|cancion|articulo|noticia|noticias|estudio|estadisticas|tasa|tasas|campana|voluntario|voluntaria|voluntariado|tesis|ensayo|episodio|capitulo|personaje|obra|poema|conferencia|seminario|investigacion|escena|juego|telefono_de_la_esperanza',
  ],
  questions: {
    suicide: [
      'suicidarte|matarte|morir|suicidio|morirte|suicidas|hacerte_dano|suicidarse|matarse|hacerse_dano',
      'quitarte|quitarse|acabar la|con vida|tu_vida|su_vida|todo',
    ],
    self_harm: ['cortarte|lastimarte|autolesionarte|autolesiones|hacerte_dano|te_cortas|te_lastimas|te_haces_dano'],
    harm_to_others: ['hacer|hacerle|matar|lastimar ~1 dano|a ~1 alguien|otros|el|ella'],
    abuse: ['te|le pega|golpea|maltrata|amenaza|hace_dano|toca|toco|pego|golpeo|amenazo|lastima|hizo_dano'],
  },
  safetyQuestions: ['estas|esta|te_sientes|se_siente ~3 segura|seguro|a_salvo', 'a salvo'],
  yes: [
    'si|sip|siempre|aveces|claro|creo_que_si|quiza|quizas|tal_vez|capaz|bastante|mucho|seguido|constantemente|todo_el_tiempo|puede_ser|obvio',
    'a veces|menudo|ratos|diario',
    'todos los dias',
    'todas las noches',
    'cada dia|noche',
    'un poco',
    'lo he hecho|pensado',
    'no se',
    'no lo se',
    'mas o menos',
  ],
  no: ['no', 'nop', 'no mucho|realmente|tanto', 'la verdad no', 'no se', 'creo que no', 'para nada', 'ya no', 'nunca'],
}
