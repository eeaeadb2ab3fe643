import type { HintPair } from '../lexicon.ts'

export const pairs: readonly HintPair[] = [
  {
    kind: 'suicide',
    one: ['pastillas|soga|cuerda|pistola|cuchilla|puente|vias|azotea|balcon|veneno|cornisa|precipicio|navaja'],
    other: [
      'me imagino|veo ~2',
      'imagino|imaginando|imaginarme|imaginandome|tentador|tentacion|tienta|saltar|tirarme|lanzarme|morir|morirme|acabar_con_todo|dejar_de_sufrir|valor|todas|adios|mirando|mire|miro|quedo_mirando|impulso',
    ],
  },
  {
    kind: 'suicide',
    one: [
      'despertar|despertarme|despertarse|vivir|viva|vivo|existir|seguir_aqui|respirar|mi_vida|nacer|nacido|sobrevivi|levantarme',
    ],
    other: [
      'odio|detesto|castigo|tortura|infierno|error|asco|inutil|insoportable|pesadilla|merezco',
      'no|sin ~2 razon|motivo|sentido|ganas|fuerzas|vale_la_pena|merece_la_pena|valor|sirve',
      'cansado|cansada|harto|harta|agotado|agotada de',
    ],
  },
  {
    kind: 'suicide',
    one: ['cuando|si|despues ~1 no_este|ya_no_este|me_muera|falte|me_vaya|muera'],
    other: [
      'perro|gato|hijos|mama|cosas|ahorros|cartas|carta|funeral|cuidar|cuiden|cuida|cuides|contrasena|casa|hermana|hermano',
    ],
  },
  {
    kind: 'self_harm',
    one: ['mi|mis|los|las ~1 brazo|brazos|muneca|munecas|muslo|muslos|piernas|piel'],
    other: [
      'cortes|sangre|sangrar|heridas|cicatrices|cuchilla|mechero|cigarro|cigarrillo|navaja|cortarme|cortando|rajar|quemarme',
    ],
  },
  {
    kind: 'abuse',
    one: ['marido|novio|esposo|pareja|papa|padrastro|ex|mama|novia|tio|hermano|jefe|el'],
    other: [
      'me|nos ~1 pega|pego|golpea|golpeo|empuja|empujo|ahorca|ahorco|viola|violo|amenaza|amenazo|encierra|encerro|patea|pateo|abofetea',
      'en mi cama',
      'no me deja|dejan ~2 salir|hablar|trabajar|ver',
    ],
  },
]
