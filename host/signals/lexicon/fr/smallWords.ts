export const smallWords: ReadonlySet<string> = new Set(
  [
    'le la les l un une des du de d au aux et ou mais donc or ni car si que qu qui quoi dont quand comme comment pourquoi parce ou',
    'je j tu il elle on nous vous ils elles me m te t se s moi toi lui leur leurs eux mon ma mes ton ta tes son sa ses notre nos votre vos ce c cet cette ces ca cela celui celle',
    'suis es est sommes etes sont etais etait etaient ete etre ai as a avons avez ont avais avait avaient avoir vais va vas allons allez vont aller fais fait faire faites font peux peut pouvez peuvent pouvoir veux veut voulez vouloir dois doit devoir sais sait savoir vois voit voir crois pense dit dis dire',
    'jpp jveu chui chuis vivre ne n pas plus jamais rien personne aucun aucune sans avec pour par dans sur sous chez entre vers depuis avant apres pendant contre en y',
    'oui non merci bonjour salut bonsoir tres trop bien mal mieux pire tout tous toute toutes encore deja toujours aussi meme peu beaucoup moins alors puis ici la maintenant aujourdhui demain hier soir nuit jour semaine vie travail temps fois chose vraiment juste jai jsuis jveux cest nai quon',
  ]
    .join(' ')
    .split(' '),
)
