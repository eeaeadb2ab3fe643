import { wordsOf } from '../../retrieval/index.ts'
import { baseOf } from './irregular.ts'

// Names of a kind: things of that kind; `@name` stands for all of another kind. Single English words, from everyday topics.
const kinds = `
  instrument: piano, guitar, violin, viola, cello, flute, clarinet, oboe, saxophone, trumpet, trombone, tuba, drum,
    harp, ukulele, banjo, mandolin, accordion, harmonica, recorder, bass, keyboard, organ, bagpipe, xylophone;
  music, song, band, singer, musician, concert, genre: jazz, rock, pop, blues, folk, classical, opera, rap, reggae,
    techno, metal, punk, soul, choir, orchestra, symphony, album, playlist, melody, lyric, gig, festival, sing, tune,
    vinyl, @instrument;
  sport, exercise, workout, athletic, fitness, training: football, soccer, tennis, basketball, baseball, volleyball,
    rugby, hockey, cricket, golf, badminton, squash, swim, run, jog, cycle, bike, ski, snowboard, skate, surf, row,
    climb, boulder, hike, box, judo, karate, wrestle, yoga, pilates, gym, marathon, triathlon, gymnastics, athletics,
    sail, kayak, fence, archery, crossfit, dance;
  hobby, pastime, leisure, interest, activity: paint, draw, sketch, pottery, photography, knit, crochet, sew,
    embroider, garden, cook, bake, read, write, poetry, chess, puzzle, camp, fish, hunt, woodwork, carpentry, collect,
    birdwatching, travel, hike, dance, sing, game, craft, origami, calligraphy, volunteer, theatre, film, museum,
    @sport, @instrument;
  art, craft, artwork: paint, draw, sketch, sculpture, sculpt, pottery, ceramic, clay, canvas, watercolor,
    watercolour, mural, photograph, photography, portrait, collage, print, knit, crochet, sew, quilt, weave,
    embroider, woodwork, origami, calligraphy, gallery, exhibition;
  pet, animal: dog, puppy, cat, kitten, rabbit, bunny, hamster, guinea, parrot, budgie, canary, bird, goldfish, fish,
    turtle, tortoise, snake, lizard, gecko, horse, pony, chicken, goat, sheep, cow, pig, donkey, duck, lion, tiger,
    elephant, bear, wolf, fox, deer, whale, dolphin, bee, butterfly;
  family, relative: mother, mom, mum, father, dad, parent, brother, sister, sibling, son, daughter, child, kid, baby,
    husband, wife, spouse, grandmother, grandma, grandfather, grandpa, uncle, aunt, cousin, nephew, niece, twin,
    stepmother, stepfather;
  child, kid: son, daughter, baby, toddler, teenager, boy, girl, newborn, twin;
  parent: mother, mom, mum, father, dad;
  sibling: brother, sister, twin;
  partner, spouse, relationship: husband, wife, boyfriend, girlfriend, fiance, fiancee, marriage, married, wedding,
    engaged, divorce, separated, date, single;
  food, dish, meal, cuisine, eat, snack, recipe: bread, rice, pasta, pizza, noodle, soup, salad, sandwich, burger,
    steak, chicken, beef, pork, lamb, fish, salmon, tuna, shrimp, egg, cheese, yogurt, butter, bean, lentil, tofu,
    curry, sushi, taco, stew, pancake, cereal, oatmeal, chocolate, cake, cookie, pie, pastry, muffin, candy,
    breakfast, lunch, dinner, @fruit, @vegetable;
  fruit: apple, banana, pear, grape, strawberry, blueberry, raspberry, cherry, peach, plum, mango, pineapple, melon,
    watermelon, lemon, lime, kiwi, avocado;
  vegetable: potato, tomato, carrot, onion, garlic, broccoli, spinach, cabbage, lettuce, cucumber, pepper, pea,
    mushroom, zucchini, eggplant, kale, pumpkin;
  dessert, sweet: cake, cookie, pie, chocolate, pudding, tart, pastry, candy, brownie, donut, muffin, cupcake;
  drink, beverage: water, coffee, tea, juice, soda, beer, wine, whisky, vodka, cocktail, milk, lemonade, smoothie,
    latte, espresso;
  job, work, profession, career, occupation, employment: teacher, nurse, doctor, engineer, lawyer, accountant,
    manager, developer, programmer, designer, writer, artist, musician, actor, chef, waiter, cashier, salesman,
    driver, pilot, mechanic, electrician, plumber, carpenter, builder, farmer, scientist, researcher, professor,
    librarian, secretary, assistant, consultant, banker, journalist, photographer, therapist, counselor, psychologist,
    social, hairdresser, police, firefighter, soldier, entrepreneur, freelance, intern, boss, promotion, office,
    salary, hire, employer;
  business, company: startup, shop, store, cafe, restaurant, studio, bakery, agency, firm, customer, investor,
    entrepreneur, launch;
  education, study, school, course, degree: university, college, class, lesson, exam, diploma, bachelor, master,
    doctorate, phd, thesis, student, graduate, scholarship, semester, homework, teacher, professor, workshop,
    training, certificate, major;
  subject, field: mathematics, math, physics, chemistry, biology, history, geography, literature, psychology,
    philosophy, economics, law, medicine, engineering, computing, sociology, politics;
  health, illness, disease, condition, injury, medical: flu, cold, fever, cancer, diabetes, asthma, allergy, migraine,
    headache, arthritis, covid, infection, surgery, operation, hospital, doctor, sick, sprain, fracture, broken, pain,
    back, heart, stroke, insomnia, depression, anxiety, burnout, adhd, medication, pill, diagnosis, therapy;
  feeling, emotion, mood: happy, sad, angry, afraid, scared, anxious, nervous, proud, ashamed, guilty, lonely,
    excited, grateful, jealous, relieved, worried, stressed, overwhelmed, frustrated, disappointed, hopeful, calm,
    bored, confused, hurt, joy, fear, anger, grief;
  fear, phobia, afraid: spider, height, flying, dark, crowd, failure, death, snake, rejection, scared, anxious;
  country, nation, abroad: england, britain, ireland, scotland, france, germany, spain, italy, portugal, netherlands,
    belgium, switzerland, austria, sweden, norway, denmark, finland, poland, greece, turkey, russia, ukraine, canada,
    mexico, brazil, argentina, chile, peru, colombia, japan, china, korea, india, thailand, vietnam, indonesia,
    australia, egypt, morocco, kenya, nigeria, africa, asia, europe, america;
  city, town: london, paris, berlin, madrid, barcelona, rome, milan, lisbon, amsterdam, brussels, vienna, prague,
    dublin, edinburgh, stockholm, oslo, copenhagen, athens, istanbul, moscow, york, chicago, boston, seattle,
    francisco, angeles, miami, toronto, vancouver, montreal, tokyo, kyoto, beijing, shanghai, delhi, mumbai, bangkok,
    singapore, sydney, melbourne, cairo, dubai;
  state: california, texas, florida, oregon, washington, colorado, arizona, nevada, virginia, georgia, michigan, ohio,
    illinois, massachusetts, minnesota, carolina, hawaii, alaska;
  place, location, visit, trip, travel, vacation, holiday: beach, mountain, lake, river, forest, park, island, museum,
    castle, church, cathedral, hotel, hostel, cabin, airport, station, restaurant, cafe, bar, library, theatre,
    cinema, zoo, aquarium, stadium, desert, village, resort, tour, flight, roadtrip, camp, @country, @city, @state;
  nature, outdoor: mountain, lake, river, forest, beach, ocean, sea, waterfall, desert, canyon, meadow, garden,
    sunset, sunrise, tree, flower, hike, camp, trail;
  vehicle, transport, transportation: car, bicycle, bike, motorcycle, bus, train, tram, subway, metro, plane, boat,
    ship, ferry, truck, van, scooter, taxi;
  furniture: table, chair, sofa, couch, bed, desk, shelf, wardrobe, cupboard, lamp, carpet, mattress;
  home, house, live: apartment, flat, room, kitchen, bathroom, bedroom, garden, balcony, rent, mortgage, landlord,
    roommate, neighbor, neighbour, move;
  device, gadget, technology, electronic: phone, smartphone, laptop, computer, tablet, television, camera, headphone,
    console, watch, printer, drone, robot, keyboard;
  clothes, clothing, wear, outfit: shirt, dress, skirt, trousers, pants, jeans, jacket, coat, sweater, hat, scarf,
    glove, shoe, boot, sneaker, sandal, sock, suit, tie;
  jewelry, accessory: necklace, ring, bracelet, earring, pendant, watch, bag;
  gift, present: necklace, ring, bracelet, flower, bouquet, book, card, voucher, perfume, chocolate, toy;
  color, colour: red, blue, green, yellow, orange, purple, pink, black, white, brown, grey, gray, gold, silver;
  weather: rain, snow, storm, wind, fog, sun, sunny, cloudy, heat, hail, thunder, hurricane;
  season: spring, summer, autumn, winter;
  event, celebration, party, festival, occasion: birthday, wedding, anniversary, graduation, christmas, easter,
    halloween, thanksgiving, concert, parade, funeral, conference, meeting, reunion, fair, exhibition, parade, dinner,
    ceremony;
  book, novel, author, read: fiction, biography, memoir, poem, poetry, story, chapter, series, trilogy, comic,
    fantasy, mystery, thriller, library;
  film, movie, show, series, watch: comedy, drama, thriller, horror, documentary, cartoon, animation, anime, episode,
    season, cinema, actor, actress, director, trilogy;
  game: chess, poker, puzzle, card, nintendo, playstation, xbox, console, videogame, board, scrabble, monopoly,
    tournament;
  plant, flower: rose, tulip, sunflower, lily, orchid, daisy, lavender, cactus, fern, tree, herb, basil, tomato;
  religion, religious, faith, spiritual: church, mosque, temple, synagogue, christian, catholic, muslim, jewish,
    buddhist, hindu, pray, prayer, bible, god, meditate;
  language: english, spanish, german, french, portuguese, italian, dutch, russian, chinese, japanese, korean, arabic,
    hindi, turkish, polish, swedish;
  nationality, ethnicity, heritage, origin: american, british, irish, french, german, spanish, italian, mexican,
    brazilian, swedish, chinese, japanese, korean, indian, russian, african, immigrant;
  identity, orientation, gender: gay, lesbian, bisexual, straight, transgender, trans, nonbinary, queer, woman, man;
  money, finance, financial: salary, debt, loan, rent, saving, budget, mortgage, bank, invoice, tax, bill, invest,
    pension, wage, income;
  charity, volunteer, community, cause: shelter, donate, fundraiser, homeless, veteran, refugee, orphanage, hospice,
    foodbank, mentor, tutor;
  habit, routine, selfcare, relax, destress, cope, unwind: meditate, yoga, walk, run, read, bath, sleep, journal,
    breathe, stretch, music, nap, massage, nature, diet, fasting, smoke, drink;
  goal, plan, dream, ambition, aim: want, hope, wish, finish, learn, save, start, become, achieve, improve, apply,
    prepare;
  achievement, accomplishment, success: win, award, prize, medal, trophy, finish, pass, graduate, promotion, publish,
    record, certificate, complete;
  problem, challenge, struggle, obstacle, difficulty, setback: hard, tough, difficult, fail, stuck, lose, quit,
    stress, conflict, argue, delay, cancel, worry, overwhelm;
  friend: buddy, mate, roommate, classmate, colleague, coworker, neighbor, neighbour;
  tool: hammer, saw, drill, screwdriver, wrench, axe, shovel, rake, ladder;
`

const termOf = (word: string): number => baseOf(wordsOf(word)[0]?.term ?? 0)

const listOf = (text: string): string[] => text.split(',').map((word) => word.trim())

interface Kind {
  readonly names: readonly string[]
  readonly things: readonly string[]
}

const readKinds = (): Kind[] =>
  kinds
    .split(';')
    .map((entry) => entry.split(':'))
    .flatMap(([names = '', things]) => (things === undefined ? [] : [{ names: listOf(names), things: listOf(things) }]))

const termsOf = (all: readonly Kind[], kind: Kind): number[] =>
  kind.things.flatMap((thing) =>
    thing.startsWith('@')
      ? all.filter(({ names }) => names[0] === thing.slice(1)).flatMap((other) => termsOf(all, other))
      : [termOf(thing)],
  )

const byName = (): ReadonlyMap<number, ReadonlySet<number>> => {
  const all = readKinds()
  const terms = new Map<number, Set<number>>()
  for (const kind of all)
    for (const name of kind.names.map(termOf))
      terms.set(name, new Set([...(terms.get(name) ?? []), ...termsOf(all, kind)]))
  return terms
}

/** Read with the first question, which takes some milliseconds, and not when the host starts. */
let known: ReturnType<typeof byName> | null = null
const none: ReadonlySet<number> = new Set()

/** The terms of things of a kind, such as `violin` for `instrument`; none where the term names no kind. */
export const thingsOfKind = (term: number): ReadonlySet<number> => {
  known ??= byName()
  return known.get(term) ?? none
}
