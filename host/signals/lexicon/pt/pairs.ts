import type { HintPair } from '../lexicon.ts'

export const pairs: readonly HintPair[] = [
  {
    kind: 'suicide',
    one: [
      'comprimidos|remedios|corda|faca|lamina|gilete|ponte|trilhos|linha_do_comboio|telhado|varanda|arma|viaduto|janela|veneno|precipicio',
    ],
    other: [
      'me|vejo|imagino|imaginando ~2 caindo|pulando|saltando|a_cair|a_saltar|morta|morto',
      'pular|saltar|me_jogar|me_atirar|morrer|acabar_com_tudo|tentador|tentadora|tentacao|tomar_todos|coragem|adeus|parar_de_sofrer|olhando|olhei|fico_a_olhar|impulso|largar',
    ],
  },
  {
    kind: 'suicide',
    one: ['acordar|viver|existir|viva|vivo|levantar|respirar|minha_vida|nascer|nascido|sobrevivi|estar_aqui'],
    other: [
      'odeio|detesto|castigo|tortura|inferno|erro|fardo|insuportavel|inutil|mereco|pesadelo|maldicao',
      'nao|sem|nenhuma ~2 razao|motivo|sentido|vontade|forcas|vale_a_pena|valor|gosto',
      'cansado|cansada|farto|farta|exausto|exausta de|da',
    ],
  },
  {
    kind: 'suicide',
    one: ['quando|se|depois ~1 eu? ~2 nao_estiver|ja_nao_estiver|morrer|for_embora|partir|nao_estiver_mais|me_for'],
    other: [
      'cao|cachorro|gato|filhos|mae|coisas|poupancas|cartas|carta|funeral|velorio|cuida|cuidem|cuidar|irma|irmao|senhas',
    ],
  },
  {
    kind: 'self_harm',
    one: ['meu|meus|minha|minhas|os|as|nos|no ~1 braco|bracos|pulso|pulsos|coxa|coxas|pele|pernas|barriga'],
    other: [
      'cortes|sangue|sangrar|feridas|lamina|gilete|isqueiro|cigarro|cortar|cortando|cortei|queimar|queimei|estilete',
    ],
  },
  {
    kind: 'abuse',
    one: ['marido|namorado|companheiro|pai|padrasto|ex|mae|namorada|tio|irmao|ele'],
    other: [
      'me|nos ~1 bate|bateu|empurra|empurrou|sufoca|ameaca|ameacou|viola|estupra|tranca|trancou|chuta|agride|agrediu|toca|obriga|forca',
      'bate|bateu|ameaca|ameacou|empurrou|agrediu|viola|obriga me|nos',
      'na minha cama',
      'nao me deixa ~2 sair|falar|trabalhar|ver',
    ],
  },
]
