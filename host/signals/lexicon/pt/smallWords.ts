export const smallWords: ReadonlySet<string> = new Set(
  [
    'o a os as um uma uns umas de do da dos das em no na nos nas num numa por pelo pela para pra com sem sobre entre ate desde e ou mas porque se que como quando onde quem qual',
    'seria seja eu tu voce vc ele ela nos voces eles elas me te lhe mim ti comigo contigo meu minha meus minhas teu tua seu sua seus suas nosso nossa dele dela isso isto esse essa este esta aquele aquela aqui ali la',
    'sou es e somos sao era foi fui ser estou to ta esta estamos estao estava estar tenho tem temos tinha ter vou vai vamos vao ir faco faz fazer fiz quero quer queria posso pode poder consigo consegue devo deve acho sei sabe sinto disse diz dizer vejo ver preciso ajuda obrigado obrigada ola oi bom boa',
    'filme prazo outra outro outros inteira tomei cortei escrevi fiz pensei tenta tive n q p aguento viver kero qro tava tamo nois contigo nao nem nunca nada ninguem algo alguem tudo todo todos toda todas muito mais menos pouco tao tanto ja ainda tambem sempre so bem mal melhor pior',
    'hoje amanha ontem agora depois antes noite dia semana mes ano vez vida trabalho casa gente pois entao assim aqui naum mto tb td pq',
  ]
    .join(' ')
    .split(' '),
)
