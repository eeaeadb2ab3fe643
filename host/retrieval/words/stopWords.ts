/**
 * Words so common in a language that they say nothing about what is asked; without accents. Most of the lists come from
 * the Snowball project (BSD licence), as shipped with many databases.
 */
const lists = {
  en: `
    a about above after again against all also am an and any are aren as at be because been before being below
    between both but by can could couldn d did didn do does doesn doing don down during each few for from
    further had hadn has hasn have haven having he her here hers herself him himself his how i if in into is isn
    it its itself just ll m may me might more most must mustn my myself no nor not now of off on once only or
    other ought our ours ourselves out over own re s same shall shan she should shouldn so some such t than that
    the their theirs them themselves then there these they this those through to too under until up upon us ve
    very was wasn we were weren what when where which while who whom whose why will with won would wouldn you
    your yours yourself yourselves
  `,
  de: `
    aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes anderm andern
    anderr anders auch auf aus bei bin bis bist da damit dann das dasselbe dazu daß dein deine deinem deinen
    deiner deines dem demselben den denn denselben der derer derselbe derselben des desselben dessen dich die
    dies diese dieselbe dieselben diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer
    eines einig einige einigem einigen einiger einiges einmal er es etwas euch euer eure eurem euren eurer eures
    fur gegen gewesen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren
    ihrer ihres im in indem ins ist jede jedem jeden jeder jedes jene jenem jenen jener jenes jetzt kann kein
    keine keinem keinen keiner keines konnen konnte machen man manche manchem manchen mancher manches mein meine
    meinem meinen meiner meines mich mir mit muss musste nach nicht nichts noch nun nur ob oder ohne sehr sein
    seine seinem seinen seiner seines selbst sich sie sind so solche solchem solchen solcher solches soll sollte
    sondern sonst uber um und uns unse unsem unsen unser unses unter viel vom von vor wahrend war waren warst
    was weg weil weiter welche welchem welchen welcher welches wenn werde werden wie wieder will wir wird wirst
    wo wollen wollte wurde wurden zu zum zur zwar zwischen
  `,
  es: `
    a al algo algunas algunos ante antes como con contra cual cuando de del desde donde durante e el ella ellas
    ellos en entre era erais eramos eran eras eres es esa esas ese eso esos esta estaba estabais estabamos
    estaban estabas estad estada estadas estado estados estais estamos estan estando estar estara estaran
    estaras estare estareis estaremos estaria estariais estariamos estarian estarias estas este esteis estemos
    esten estes esto estos estoy estuve estuviera estuvierais estuvieramos estuvieran estuvieras estuvieron
    estuviese estuvieseis estuviesemos estuviesen estuvieses estuvimos estuviste estuvisteis estuvo fue fuera
    fuerais fueramos fueran fueras fueron fuese fueseis fuesemos fuesen fueses fui fuimos fuiste fuisteis ha
    habeis habia habiais habiamos habian habias habida habidas habido habidos habiendo habra habran habras habre
    habreis habremos habria habriais habriamos habrian habrias han has hasta hay haya hayais hayamos hayan hayas
    he hemos hube hubiera hubierais hubieramos hubieran hubieras hubieron hubiese hubieseis hubiesemos hubiesen
    hubieses hubimos hubiste hubisteis hubo la las le les lo los mas me mi mia mias mio mios mis mucho muchos
    muy nada ni no nos nosotras nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero
    poco por porque que quien quienes se sea seais seamos sean seas sentid sentida sentidas sentido sentidos
    sera seran seras sere sereis seremos seria seriais seriamos serian serias si siente sin sintiendo sobre sois
    somos son soy su sus suya suyas suyo suyos tambien tanto te tendra tendran tendras tendre tendreis tendremos
    tendria tendriais tendriamos tendrian tendrias tened teneis tenemos tenga tengais tengamos tengan tengas
    tengo tenia teniais teniamos tenian tenias tenida tenidas tenido tenidos teniendo ti tiene tienen tienes
    todo todos tu tus tuve tuviera tuvierais tuvieramos tuvieran tuvieras tuvieron tuviese tuvieseis tuviesemos
    tuviesen tuvieses tuvimos tuviste tuvisteis tuvo tuya tuyas tuyo tuyos un una uno unos vosostras vosostros
    vuestra vuestras vuestro vuestros y ya yo
  `,
  fr: `
    a ai aie aient aies ait as au aura aurai auraient aurais aurait auras aurez auriez aurions aurons auront aux
    avaient avais avait avec avez aviez avions avons ayant ayante ayantes ayants ayez ayons c ce ces comme
    comment d dans de des du elle en es est et etaient etais etait etant etante etantes etants ete etee etees
    etes etiez etions eu eue eues eumes eurent eus eusse eussent eusses eussiez eussions eut eutes eux fumes
    furent fus fusse fussent fusses fussiez fussions fut futes il j je jusqu l la le leur lorsqu lui m ma mais
    me meme mes moi mon n ne nos notre nous on ont ou par pas plus pour puisqu qu quand que qui s sa se sera
    serai seraient serais serait seras serez seriez serions serons seront ses si soient sois soit sommes son
    sont soyez soyons suis sur t ta te tes toi ton tous tout toute toutes tu un une vos votre vous y
  `,
  pt: `
    a ao aos aquela aquelas aquele aqueles aquilo as ate com como da das de dela delas dele deles depois do dos
    e ela elas ele eles em entre era eram eramos essa essas esse esses esta estamos estao estas estava estavam
    estavamos este esteja estejam estejamos estes esteve estive estivemos estiver estivera estiveram estiveramos
    estiverem estivermos estivesse estivessem estivessemos estou eu foi fomos for fora foram foramos forem
    formos fosse fossem fossemos fui ha haja hajam hajamos hao havemos hei houve houvemos houver houvera
    houveram houveramos houverao houverei houverem houveremos houveria houveriam houveriamos houvermos houvesse
    houvessem houvessemos isso isto ja lhe lhes mais mas me mesmo meu meus minha minhas muito na nao nas nem no
    nos nossa nossas nosso nossos num numa o os ou para pela pelas pelo pelos por qual quando que quem sao se
    seja sejam sejamos sem sera serao serei seremos seria seriam seriamos seu seus so somos sou sua suas tambem
    te tem temos tenha tenham tenhamos tenho tera terao terei teremos teria teriam teriamos teu teus teve tinha
    tinham tinhamos tive tivemos tiver tivera tiveram tiveramos tiverem tivermos tivesse tivessem tivessemos tu
    tua tuas um uma voce voces vos
  `,
} as const

const stopWords = Object.values(lists).map((list): ReadonlySet<string> => new Set(list.trim().split(/\s+/)))

/** Fewer than these tell no language: "die" is a small word in German and a grave one in English. */
const leastForLanguage = 2

/**
 * Which of the words of a question say nothing: the small words of the language that has most of them in it, of all
 * languages that tie. Words are lower-case and without accents. Never all of them.
 */
export const stopWordsIn = (words: readonly string[]): ReadonlySet<string> => {
  const distinct = [...new Set(words)]
  const found = stopWords.map((list) => distinct.filter((word) => list.has(word)))
  const most = Math.max(...found.map((each) => each.length))
  if (most < leastForLanguage) return new Set()
  const stopped = new Set(found.filter((each) => each.length === most).flat())
  return stopped.size === distinct.length ? new Set() : stopped
}
