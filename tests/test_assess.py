"""Are headlines judged as a careful reader would? The event's words, as a query would match them, stand in brackets."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.assess import Assessment, assess
from tracker.model import Assertion

PUBLISHED = date(2025, 12, 31)

ENGLISH = {
    Assertion.AFFIRMED: """
        EU Parliament [votes] to [ban] face scans
        [Russia launches] first [space] mission to [Moon] in 47 years
        [Serbia's] interior minister [resigns]
        [US] envoy [meets] Putin in Moscow
        Minister [Kallas] [resigns] as premier
        [Vucevic] [resigns] as [Serbian] prime minister
        Protesters cheer as [Zelensky] [resigns]
        [Israel], which had waited for days, [strikes] [Iran]
        After months of talks [Israel] and [Hamas] [agree ceasefire]
        Who is Doug [Burgum]? Governor [ends] presidential [race]
        UN [ends] [mission] in Mali with mercenaries set to fill void
        Union [agrees] to [end strike] at gas plants
        EU states [agree] on eighteenth [sanctions] round
        Russia [recalls] [ambassador] from Baku
        Russia forced to [recall] [ambassador]
        [Ceasefire] holds in Gaza for third day
        US [lifts] [ban] on chip sales to China
        Israel [strikes] [Iran], vows to continue
        [Putin] and [Aliyev] [meet] in Dushanbe, will talk again in May
        [Israel] [strikes] [Iran]: what next?
        [Israel] [strikes] [Iran] after failed talks
        Zelensky thanks Trump as [ceasefire] [begins]
        In May Putin [met] Xi in Moscow
        Theresa May [meets] Merkel in Berlin
        Will Smith [wins] Oscar
        Army says it [struck] depot near Odesa
        Kremlin confirms [Putin] [met] Witkoff
        Rebels claim responsibility for [attack] on convoy
        Fed [cuts] rates by quarter point
        Court [jails] ex-president for five years
        Arsenal [beat] Chelsea to go top
        Oil [falls] below $60 for first time since 2021
        SpaceX [launches] 28 satellites to orbit
        Hamas [releases] three hostages, Israel says
        No doubt left: Musk [quits] as chief executive
        Not only Baku [expelled] diplomats
        Armenia and Azerbaijan [sign] peace deal at White House
        Moscow [threatens] Baku with lawsuit
        UN [calls for] ceasefire
        Labour [wins] election by landslide, exit poll confirmed
        Snow does not stop [strike] on power plant
        Parliament [approves] budget despite veto threat
        Brazil becomes first country to [ratify] treaty
        Baku [closes] Russian House, Moscow may respond
        Iran [executes] man accused of spying
        Putin adviser [meets] Witkoff in Moscow
        Denys Shmyhal [meets] EU envoys
        Islamic Resistance [strikes] base in Iraq
        Army repels raid: Ukraine holds line against Russian [attacks]
        Ohio train derailment site gets [visit] from Trump
        Nearly 1,000 [arrested] in police raids
        Suspect [arrested] over Louvre theft
        South Africa [beat] New Zealand to win World Cup
        Texas [passes] near-total abortion ban
        Minister [resigns] over leak, denies wrongdoing
        At least five killed in Russian [strike] on Kharkiv
        Prices jump after [Israel] [strikes] Iran
        Istanbul peace [talks] kick off
        Kremlin silent after [recall] of the [ambassador]
        Fed eased curbs on banks and pushed [prices] over [100]
        Easing of curbs pushes [prices] over [100]
        EU lifts sanctions as [oil] [tops] 100
        May [strikes] deal with unionists
        May [strikes] on rail lines anger commuters
        Prime Minister May [meets] Merkel
        Lack of rain in the north [pushes] wheat price over 300
        Absence of deal at the talks [triggers] strike
        Failure to agree budget in Paris [triggers] shutdown
        Refusal to sign the treaty [triggers] strike
        Denial of visa to coach [sparks] protest
        Without warning from the state the dam [collapses]
        Labour narrowly [wins] seat
        Bill narrowly [passes] Senate
        Leader of Mali [coup] sworn in
        Film crew [arrested] in Baku
        Leader [killed] in strike, police say
        Leader [killed] in strike: police
        Fact: Baku [recalls] ambassador
        If anything, Baku [recalls] more envoys
        Woman [jailed] for life, acquitted of fraud
        Ohio governor breaks ranks to [veto] bill
        Climate [summit] calls on rich nations to pay
        Man [jailed] for attack on embassy
        Woman, once jailed over deaths, has [convictions] [quashed]
        Alleged spy [arrested] in Berlin
        Rapist [jailed] for alleged plot
        Suspected spy [arrested] in Berlin
        Would-be bomber [arrested] in Paris
        Iran [strikes] base as talks stall
        'Blade Runner' actor [arrested] in Paris
        Iran [strikes] 'enemy base'
        ‘We have today [signed] the treaty that ends the war’: Lula
        """,
    Assertion.DENIED: """
        [Strike] called off as [plant] reaches deal with Syldavia union
        [Resignation] denied by Kremlin as defence [minister] travels
        [Election] cancelled after [parliament] vote
        Iranian source denies Israeli [strike] near Qom
        Putin did not [meet] Aliyev in Beijing
        Kremlin denies that [Putin] [met] Witkoff
        No [deal] reached in Geneva talks
        Envoys fail to [settle] twentieth [package]
        Aliyev skips [summit] in St Petersburg
        Kremlin denies plans to [strike] Poland
        Kremlin: no plans to [recall] [ambassador]
        [Ceasefire] talks collapse in Doha
        Trump rules out [strike] on Venezuela
        [Putin]-Trump [summit] in Budapest called off
        Hungary vetoes EU [sanctions] package
        Orban refuses to [back] [sanctions] on Russian oil
        Putin leaves Beijing without [meeting] Aliyev
        [Ambassador] not [recalled], ministry says
        Baku says it won't [recall] its [ambassador]
        Poland scraps [visit] to Kyiv
        Launch of [Starship] postponed until Friday
        Fed does not [cut] rates
        Strike by rail workers [averted], union calls off [walkout]
        EU never [agreed] to lift ban, says Kallas
        Video of the president's [arrest] is fake
        Celebrity [death] story is a hoax
        Willie Nelson [dead]? Hoax fools thousands
        Mayor [arrested]? No, he is at his desk
        Israel will not [attack] Iran, Netanyahu tells Putin
        Russia rejects [ceasefire] proposed by Kyiv
        Hamas yet to [release] last hostage
        SpaceX aborts [launch] of Starship
        Talks end without [agreement]
        Iran says nuclear [talks] did not take place
        No, the mayor has not been [arrested]
        Nobody [signed] the treaty
        Neither side [signed] the accord
        Police foil [attack] on Christmas market
        Merger of the two banks [falls] through: [deal] abandoned by regulator is cancelled by board
        Russia rejects calls for [ceasefire]
        Germany blocks [sale] of tank maker
        Injured Alcaraz pulls out of Miami [Open]
        Baku cancels [visit] by Russian deputy premier
        Fake: Azerbaijan [recalls] its [ambassador] from Moscow
        Baku refrains from [recalling] its [ambassador]
        Baku halts plan: [recall] of [ambassador] called unwise
        Fed eased [curbs] on banks
        US [sanctions] on Syria eased
        Ceasefire [deal] stuck over prisoners
        Peace [talks] stuck as winter nears
        Gas [deal] stalls in Brussels
        [Talks] deadlocked over border
        No ambassador [recalled] from Baku
        Rebels fail to [seize] airport
        Biden stops short of [banning] app
        Court stops short of [convicting] president
        Nato rules out [sending] troops
        Minister refuses to [resign]
        Merger [deal] blocked by regulator
        Regulator blocks [merger]
        Rail [strike] averted at last minute
        US avoids [default] in last-minute deal
        Lufthansa avoids pilots' [strike]
        Minister narrowly avoids [ousting]
        President narrowly escapes [assassination]
        Minister calls report of [arrest] nonsense
        Minister shoots down claim of [coup]
        Newspaper retracts story on [arrest] of mayor
        [Arrest] of mayor was a prank
        Police dispel rumour of [arrest]
        [Arrest] of mayor? No, it is fake
        US torpedoes demand for [ceasefire]
        """,
    Assertion.PLANNED: """
        Union votes to [strike] at gas plants
        Crisis clouds Bio's [reelection] attempt
        Netanyahu to seek Trump's nod for new Iran [strikes]
        Erdogan to [visit] Baku
        Erdogan will [visit] Baku next week
        Putin agrees to [meet] Zelensky
        Russia threatens to [recall] [ambassador]
        Trump vows to [impose] tariffs on films
        Israel plans [strike] on Iranian oil sites
        Putin-Trump [summit] to be held in Budapest
        Upcoming [summit] tests Europe's nerve
        EU set to [sanction] Georgian officials
        Putin to fly to Baku, [meet] Aliyev
        ECB poised to [raise] rates
        Starship [launch] scheduled for Friday
        Trump orders [strike] on Caracas
        Police close roads ahead of [summit]
        SpaceX prepares [launch] of crew to station
        Bank of England will, officials say, [cut] rates
        Kremlin says Putin will [meet] Witkoff on Thursday
        Hamas promises to [release] hostages
        Baku threatens: [ambassador] [recall] comes next
        Azerbaijan [recalls] its [ambassador] soon
        Police close roads before the [summit]
        Baku threatened to [recall] ambassador
        [Approval] of merger pending
        Pending [approval] keeps merger on hold
        EU set to [ban] gas
        Turkey on track to [ratify] treaty
        Labour on course to [win] election
        Turkey about to [ratify] treaty
        Erdogan vows to [strike] Syria
        Erdogan pledges to [ratify] treaty
        Israel prepares to [strike] Iran
        Biden seeks to [ban] rifles
        Senate moves to [ban] app
        Senate to vote on bill to [ban] app
        Charles to admit guilt on [visit] to Kenya
        """,
    Assertion.HEDGED: """
        [Zelensky's] energy minister [resigns]
        [Putin's] deputy prime minister Overchuk [meets Aliyev]
        [Netanyahu] aide [arrested]
        Former adviser to [Orban] [arrested]
        [Putin] [meets] [Trump] envoy Witkoff in Moscow
        [Orban] hails AfD [election win]
        [Netanyahu] slams [arrest] of general
        Bank of Canada [cuts rates] as [Fed] waits
        Bank of Canada [Cuts Rates] as [Fed] Waits
        Gulf banks [cut rates] after [Fed's] pause
        [Germany] worried as French [government collapses]
        Sarkozy [sentenced] to prison, [Le Pen] reacts
        [Putin] [met] Xi; [Trump] fumes
        [Ceasefire] in Gaza; war goes on in [Sudan]
        Hungary blocks [EU] aid for [Ukraine] hours after [membership talks] were [approved]
        Putin may [meet] Zelensky in Istanbul
        Putin may not [meet] Zelensky after all
        Netanyahu does not rule out [strike] on Iran
        Baku no longer rules out [recall] of ambassador
        Russia reportedly [recalls] [ambassador]
        Trump and Netanyahu talk of possible [strikes] on Iran next year
        EU mulls [sanctions] on Georgia
        Iran accuses Israel of [striking] tanker
        EU could [ban] Russian gas by 2027
        If Iran [strikes] ships, US leaves deal
        [Ceasefire] talks open in Cairo
        Rumours of [coup] in Mali
        Oil likely to [fall] below $50, says Goldman
        Zelensky ready to [meet] Putin
        Israel and Hamas close to [ceasefire] deal
        Gold rises on Fed rate-[cut] hopes
        Fears grow of [war] in Gulf
        Trump may reject [ceasefire] plan
        Kremlin denies refusing to [meet] Zelensky
        Analysts expect Fed to [cut] rates
        Apple is rumoured to [launch] foldable phone
        Mbappe unlikely to [play] in final
        Alleged [attack] on embassy under study
        Chelsea in talks over [sale] of striker
        Army declines to confirm [strike] in Syria
        Fact check: Azerbaijan [recalls] its [ambassador]
        Rumour: Azerbaijan [recalls] its [ambassador]
        Film review: Azerbaijan [recalls] its [ambassador]
        Book: Azerbaijan [recalls] its [ambassador]
        Opinion: Azerbaijan [recalls] its [ambassador] for nothing
        Expert predicts: Azerbaijan [recalls] its [ambassador]
        Russia believes Azerbaijan [recalls] its [ambassador] soon
        Azerbaijan [recalls] its [ambassador], claims Telegram channel
        Unless Moscow apologises, Azerbaijan [recalls] its [ambassador]
        Azerbaijan reported to have [recalled] its [ambassador]
        Kremlin declines to comment on [recall] of [ambassador]
        May [strike] Iran, says Trump
        Putin may [meet] Zelensky in May
        Azerbaijan [recalls] its [ambassador] in vain: opinion
        Azerbaijan was right to [recall] its ambassador | Opinion
        Baku [recalls] its ambassador to please the crowd | Letters
        Baku [recalls] its ambassador, and that is folly - editorial
        Three sailors presumed [dead] after ship sinks
        Dozens presumed [killed] in mine
        Militants presumed to have [seized] town
        General believed [killed] in raid
        General believed to have been [killed] in raid
        Russia appears to have [recalled] its ambassador
        Ceasefire likely to [collapse]
        Dozens feared [killed] as boat sinks
        50 feared [dead] after landslide
        Unconfirmed reports say leader [killed]
        Leader [killed], according to unconfirmed reports
        So-called [ceasefire] brings no calm
        Israel agrees in principle to [ceasefire]
        Sides [agree] in principle on [deal]
        Kyiv and Washington reach preliminary [agreement]
        Israel nears [deal] with Hamas
        US close to [signing] deal
        Exxon in talks to [buy] Pioneer
        Exxon in advanced talks to [acquire] Pioneer
        Biden hopes to [sign] deal
        Coach hopeful of [sealing] deal
        Rebels try to [seize] airport
        Army almost [seized] power
        Plane nearly [crashed] at airport
        Plan would [ban] gas boilers
        Crash could have [killed] hundreds
        Army [storms] White House in new film
        Aliens [invade] Paris in Netflix series
        New novel tells of [coup] in Washington
        Film about [coup] in Chile wins prize
        TV drama on [strike] of miners returns
        Leader [killed] in strike: report
        Leader [killed] in strike, report says
        Leader [killed] in strike: sources
        Leader [killed] in strike, sources say
        Source: leader [killed] in strike
        Report: leader [killed] in strike
        Video purports to show [strike] on bridge
        Trump claims he [ended] war
        Army says it is looking into reports of [strike]
        Amid reports of [coup], army patrols capital
        Russia said to have [recalled] ambassador
        Baku, it is claimed, [recalled] ambassador
        Baku supposedly [recalled] ambassador
        Iran '[launches] satellite into space'
        Sudan’s warring sides ‘agree seven-day [ceasefire]’
        Gas field is a ‘carbon [bomb]’, say campaigners
        """,
    Assertion.ASKED: """
        Will Baku [break] with Moscow?
        Did Israel [strike] Isfahan?
        UN calls for [ceasefire] in Sudan
        UN urges Israel not to [strike] Iran
        Russia demands [release] of journalists
        Baku asks Moscow to [release] bloggers
        Why the EU should [sanction] Georgia
        Egypt proposes [ceasefire]
        Trump wants [meeting] with Kim
        Families demand the [release] of hostages
        Court to say whether [ban] stands
        Has the Fed [cut] too late?
        Is Ronaldo about to [retire]?
        Baku opposition: [recall] the [ambassador] from Moscow now
        Kyiv requested [release] of sailors
        [Release] of sailors requested by Kyiv
        Thousands rally seeking [withdrawal] of troops
        Tens of thousands march for [ceasefire]
        Protesters demand [cease]-[fire]
        Israelis press government to secure [release] of captives
        Families pressure cabinet to secure [release] of captives
        Is the mayor [arrested]?
        Is this the [end] of Nato
        """,
    Assertion.RECALLED: """
        Israel [struck] Iran in June 2025
        Five years since the Karabakh [war]
        Armenia marks anniversary of [earthquake]
        Decades after the [coup], Chile votes
        How Russia [annexed] Crimea in 2014
        In 2014, Russia [annexed] Crimea
        Veterans remember [battle] of Shusha
        Last year's [strike] still shapes oil trade
        Israel [struck] the reactor forty years ago
        Putin did not [meet] Zelensky in 2019
        Film on 2014 [annexation] opens in Cannes
        A brief history of [coups] in Mali
        On this day: Challenger [explodes]
        Man jailed for [attack] on synagogue
        Background: Azerbaijan [recalled] its [ambassador]
        Timeline of ties: Azerbaijan [recalls] its [ambassador]
        Explainer: Azerbaijan [recalls] its [ambassador]
        Analysis: Azerbaijan [recalls] its [ambassador]
        Kremlin comments after Azerbaijan [recalled] its [ambassador]
        Kremlin comments on the decision to [recall] the [ambassador]
        Analysts on why Azerbaijan [recalled] its [ambassador]
        No contacts since Azerbaijan [recalled] its [ambassador]
        A year after [invasion], Kyiv holds out
        On anniversary of [invasion], Kyiv mourns
        Kyiv mourns on [invasion] anniversary
        Ten years on from [annexation], Crimea is a fortress
        Ten years on, the [annexation] of Crimea still divides
        Battle remembered: how Britain [won] the Falklands
        [Invasion] victims remembered in Prague
        How Israel [struck] Iran
        How Wagner [seized] Bakhmut
        How the [invasion] of Iraq happened
        Obituary: general who [seized] power in Mali
        Omar Bashir, who [seized] power in Sudan, dies at 79
        General, leader of the [coup] in Mali, dies aged 80
        """,
}

RUSSIAN = {
    Assertion.AFFIRMED: """
        Путин [пообещал] [компенсации] семьям погибших
        Министр обороны [Галант] подал в [отставку]
        Министр обороны [Израиля] [прибыл] в Баку
        [Путин], прилетевший утром, [встретился] с [Алиевым]
        [Путин] и [Алиев] [встретились] в Душанбе
        Россия [отозвала] [посла] из Баку
        ЕС [принял] девятнадцатый пакет [санкций]
        Президент Азербайджана [встретился] с российским вице-премьером
        Между Ираном и Израилем [наступило] [перемирие]
        [Израиль] нанёс [удар] по Ирану, Тегеран обещает ответить
        [Израиль] [ударил] по Ирану. Что дальше?
        Кремль подтвердил [встречу] Путина с Уиткоффом
        Не менее пяти [ударов] пришлось на порт
        Дождь не помешал [встрече] Путина с Алиевым
        Суд [арестовал] главу диаспоры
        ЦБ [снизил] ключевую ставку до 16%
        «Спартак» [обыграл] ЦСКА
        Белоусов [вернулся] в Москву из бакинского заключения
        Новый [разговор] [Путина] с [Алиевым] прошёл 24 октября
        Россия [обвинила] Баку в [задержании] граждан
        Нефть [подешевела] до 60 долларов после встречи ОПЕК
        В Баку [задержали] сотрудников Sputnik, МИД намерен требовать освобождения
        ООН [призвала] к перемирию
        Рубль упал после того как Баку [отозвал] [посла]
        Баку считает [удары] по посольству недружественным шагом
        ФРС ослабила ограничения и [цены] выросли выше [100]
        Снятие ограничений подняло [цены] выше [100]
        Генерал [убит], сообщили в полиции
        Генерал [убит] — ТАСС
        Режиссёр фильма о войне [арестован]
        Съёмочная группа фильма [задержана] в Баку
        Предполагаемый шпион [арестован] в Берлине
        США смягчили запрет, [нефть] подорожала
        Отсутствие дождей [подняло] цены
        Отказ подписать договор [вызвал] протест
        «Вагнер» [взял] Бахмут
        """,
    Assertion.DENIED: """
        Послы ЕС не [договорились] о двадцатом [пакете]
        Двусторонней [встречи] [Алиева] с [Путиным] в Китае не состоялось
        Кремль опроверг сообщения о [встрече] Путина с Зеленским
        Песков исключил [перемирие] до переговоров
        Президент Азербайджана пропустит [саммит] в Петербурге
        Иран отрицает [удар] по танкеру
        Москва не планирует [отзывать] [посла] из Баку
        Венгрия заблокировала [санкции] против России
        Визит [Путина] в Баку отложен
        Баку отменил [визит] вице-премьера России
        Зеленский отказался от [перемирия]
        [Встреча] президентов не состоялась
        Путин не [приедет] на саммит
        ФСБ предотвратила [теракт] в Москве
        США не [вводили] [санкции] против банка
        Трамп не будет [встречаться] с Путиным
        Переговоры завершились без [соглашения]
        Сообщения об [аресте] мэра не соответствуют действительности
        Никто не [подписал] договор
        На [встречу] СНГ президент Азербайджана не приедет
        Главе диаспоры отказано в [освобождении]
        [Соглашение] между сторонами не подписано
        Фейк: Баку [отозвал] [посла] из Москвы
        Баку воздержался от [отзыва] [посла]
        [Сделка] застопорилась из-за границы
        [Переговоры] зашли в тупик
        [Пакет] застрял в Брюсселе
        Боевикам не удалось [захватить] аэропорт
        НАТО исключает [отправку] войск
        Министр отказался [уйти] в отставку
        [Сделка] заблокирована регулятором
        [Забастовку] удалось предотвратить
        США избежали [дефолта]
        Президент чудом избежал [покушения]
        Министр назвал ложью сообщение об [аресте]
        Сообщение об [аресте] опровергли
        США воздержались от [запрета]
        США отменили [запрет], нефть подорожала
        """,
    Assertion.PLANNED: """
        На 22 августа назначено [заседание] межправкомиссии
        [Путин] и [Алиев] [встретятся] в Душанбе
        Эрдоган [посетит] Баку в мае
        Киев намерен [нанести] [удар] по мосту
        [Саммит] ШОС пройдёт в Бишкеке
        Россия пригрозила [отозвать] [посла]
        Путин согласился [встретиться] с Зеленским
        ЕС планирует ввести [санкции] против банков
        Израиль готовится к [удару] по Ирану
        Трамп будет [встречаться] с Си в апреле
        Лавров прилетит в Баку, чтобы [обсудить] отношения
        Россия [отзовёт] [посла] из Баку
        Запуск [ракеты] запланирован на пятницу
        Баку угрожает: [отзыв] [посла] в пятницу
        Перед первой за год [встречей] Песков заявил об оптимизме
        Баку грозил [отозвать] посла
        Баку пригрозил [отзывом] посла
        Турция вот-вот [ратифицирует] договор
        Турция готовится [ратифицировать] договор
        Эрдоган поклялся [ударить] по Сирии
        Байден стремится [запретить] винтовки
        """,
    Assertion.HEDGED: """
        Помощник [Путина] [встретился] с [Алиевым]
        Глава офиса [Зеленского] [подал] в [отставку]
        Трамп [встретился] с посланником [Путина] Дмитриевым
        [Умер] советник [Хаменеи]
        [Путин] поздравил соперника с [победой] на [выборах]
        Литва [отозвала] [посла] из Минска, [Польша] думает
        Турция и Иран [подписали договор]; [Россия] протестует
        Каллас рассчитывает на [одобрение] [пакета] 23 февраля
        Путин может [встретиться] с Зеленским
        Возможно, Россия [отзовёт] [посла]
        Россия, возможно, [отозвала] [посла]
        Не исключено, что Израиль [ударит] по Ирану
        Песков не исключил [встречи] Путина с Зеленским
        Израиль якобы нанёс [удар] по Натанзу
        Сообщается о возможном [отзыве] [посла]
        Алиев обвинил Москву в намеренном [обстреле] посольства
        Если Иран [закроет] пролив, нефть подорожает
        Стороны обсуждают возможность [перемирия]
        Зеленский заявил о готовности [встретиться] с Путиным
        [Визит] Алиева в Москву ожидается в мае
        ЕС рассматривает новые [санкции]
        Армия не подтвердила [удар] по Ирану
        [Встреча] Путина с Трампом может пройти в Баку
        Слухи: Баку [отозвал] [посла]
        Мнение: Баку [отозвал] [посла] зря
        Фильм: Баку [отозвал] [посла]
        Москва считает, что Баку [отзывает] [посла]
        Баку [отозвал] [посла], утверждает телеграм-канал
        Кремль отказался комментировать [отзыв] [посла]
        Трое моряков предположительно [погибли]
        Моряков считают [погибшими]
        Десятки могли [погибнуть] при крушении
        Как полагают, генерал [убит]
        Похоже, Россия [отозвала] посла
        По неподтверждённым данным, генерал [убит]
        Так называемое [перемирие] не принесло мира
        Израиль принципиально согласился на [перемирие]
        Стороны в принципе [договорились] о [перемирии]
        Достигнута предварительная [договорённость]
        Exxon ведёт переговоры о [покупке] Pioneer
        Байден надеется [подписать] договор
        Боевики пытаются [захватить] аэропорт
        Армия едва не [захватила] власть
        Самолёт почти [разбился]
        План [запретил] бы котлы
        Авария могла [убить] сотни
        В новом фильме армия [штурмует] Белый дом
        В сериале Netflix пришельцы [захватили] Париж
        Роман о [перевороте] в Вашингтоне
        Фильм о [перевороте] в Чили получил приз
        СМИ: генерал [убит]
        СМИ сообщили об [отставке] министра
        Источник: генерал [убит]
        Источники сообщили об [отставке] министра
        Генерал [убит], сообщают СМИ
        Генерал [убит] — СМИ
        Баку зря [отозвал] посла — мнение
        Баку зря [отозвал] посла | Мнение
        Обсуждается [отзыв] посла
        Армия «[освободила]» село
        """,
    Assertion.ASKED: """
        Может ли Баку окончательно [порвать] с Москвой?
        ООН призвала к [перемирию] в Судане
        Россия потребовала [освобождения] журналистов
        Москва попросила Баку [освободить] Белоусова
        [Порвёт] ли Баку с Москвой: мнение
        МИД требует [освободить] задержанных
        Трамп хочет [встречи] с Ким Чен Ыном
        ЕС должен [ввести] санкции
        Прокурор просит [освободить] блогера
        Оппозиция: [отзовите] [посла] из Москвы
        Киев запросил [освобождение] моряков
        Протестующие требуют [перемирия]
        Тысячи вышли на марш за [перемирие]
        Семьи давят на кабинет ради [освобождения] пленных
        """,
    Assertion.RECALLED: """
        В Армении отмечают годовщину [землетрясения]
        Год назад Израиль нанёс [удар] по Ирану
        Как Россия [присоединила] Крым в 2014 году
        В прошлом году Израиль нанёс [удар] по Ирану
        Израиль [ударил] по Ирану в июне 2025 года
        Ветераны вспоминают [битву] за Шушу
        Блогер осуждён за [нападение] на посольство
        Справка: Баку [отозвал] [посла]
        Хронология отношений: Баку [отозвал] [посла]
        Кремль прокомментировал [отзыв] [посла]
        Кремль прокомментировал ситуацию после того как Баку [отозвал] [посла]
        Что стоит за [отзывом] [посла]
        Через год после [вторжения] Киев держится
        Спустя год после [вторжения] Киев держится
        В годовщину [вторжения] Киев скорбит
        Десять лет спустя после [аннексии] Крым изменился
        Вспоминая [вторжение]: как Прага встречала танки
        Как Израиль [ударил] по Ирану
        Как «Вагнер» [взял] Бахмут
        В 2014 году Россия [присоединила] Крым
        Некролог: генерал, [захвативший] власть в Мали
        Умер генерал, [захвативший] власть в Мали
        Скончался лидер [переворота] в Мали
        """,
}

CASES = [
    (assertion, line.strip())
    for group in (ENGLISH, RUSSIAN)
    for assertion, lines in group.items()
    for line in lines.strip().splitlines()
]


def read(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its brackets, and the offsets of what they held."""
    text, spans = "", []
    for part in re.split(r"(\[[^\]]*\])", marked):
        plain = part.strip("[]") if part.startswith("[") else part
        if part.startswith("["):
            spans.append((len(text), len(text) + len(plain)))
        text += plain
    return text, spans


def judge(marked: str, *, in_title: bool = True, published: date | None = PUBLISHED) -> Assessment:
    text, spans = read(marked)
    title, summary = (text, "") if in_title else ("A title", text)
    return assess(title, summary, spans, in_title=in_title, published=published)


@pytest.mark.parametrize(("assertion", "headline"), CASES, ids=[headline for _, headline in CASES])
def test_headline(assertion: Assertion, headline: str) -> None:
    found = judge(headline)
    assert found.assertion is assertion, found.reason


def test_summary_is_judged_sentence_by_sentence() -> None:
    text = "Putin may visit Baku in spring. The two [met] in Dushanbe. Will they talk again?"
    assert judge(text, in_title=False).assertion is Assertion.AFFIRMED


TITLE_AND_SUMMARY = {
    "the summary takes the title back": (
        "Azerbaijan [recalls] its [ambassador]",
        "The foreign ministry denied the report as false.",
        Assertion.HEDGED,
    ),
    "the summary denies something else": (
        "Azerbaijan [recalls] its [ambassador]",
        "The ministry denied the report that shops had closed.",
        Assertion.AFFIRMED,
    ),
    "опровергнута сама новость": (
        "Баку [отозвал] [посла]",
        "Ведомство опровергло эту информацию.",
        Assertion.HEDGED,
    ),
    "the title announces what the summary names": (
        "Putin and Aliyev to meet in Dushanbe",
        "The main topic of the [meeting] is the crash.",
        Assertion.PLANNED,
    ),
    "заголовок обещает встречу другим словом": (
        "Путин и Алиев увидятся в столице",
        "Главной темой [встречи] названы двусторонние отношения",
        Assertion.PLANNED,
    ),
    "the summary tells it as done": (
        "Putin and Aliyev to meet again",
        "The two [met] in Dushanbe on Thursday.",
        Assertion.AFFIRMED,
    ),
    "the title announces something else": (
        "Trump to mediate between Baku and Yerevan",
        "The quarrel began with a [strike] on a depot.",
        Assertion.AFFIRMED,
    ),
    "the title asks something else": (
        "Может ли Баку порвать с Москвой?",
        "Ссора началась после [удара] по нефтебазе.",
        Assertion.AFFIRMED,
    ),
    "the title is labelled as opinion": (
        "Opinion: a quarrel among friends",
        "Azerbaijan [recalls] its [ambassador].",
        Assertion.HEDGED,
    ),
}


@pytest.mark.parametrize(("title", "summary", "assertion"), TITLE_AND_SUMMARY.values(), ids=TITLE_AND_SUMMARY)
def test_title_and_summary_are_weighed_together(title: str, summary: str, assertion: Assertion) -> None:
    in_title = "[" in title
    (title, in_first), (summary, in_second) = read(title), read(summary)
    found = assess(title, summary, in_first or in_second, in_title=in_title, published=PUBLISHED)
    assert found.assertion is assertion, found.reason


def test_title_of_two_sentences_is_judged_by_the_one_that_holds_the_event() -> None:
    assert judge("Who blinked first? Iran and US [sign] deal").assertion is Assertion.AFFIRMED
    assert judge("Iran and US [sign] deal? Who blinked").assertion is Assertion.ASKED


def test_year_is_older_only_by_the_day_of_publication() -> None:
    headline = "Israel [struck] Iran in June 2025"
    assert judge(headline, published=date(2025, 6, 30)).assertion is Assertion.AFFIRMED
    assert judge(headline, published=date(2025, 7, 20)).assertion is Assertion.AFFIRMED
    assert judge(headline, published=date(2025, 9, 1)).assertion is Assertion.RECALLED
    assert judge(headline, published=None).assertion is Assertion.AFFIRMED


def test_assessment_names_the_wording_and_the_stretch_that_it_governs() -> None:
    text, spans = read("Iranian source denies Israeli [strike] near Qom, Tehran shrugs")
    found = assess(text, "", spans, in_title=True)
    assert found.cue == "denies"
    assert found.reason == "“denies” before the event denies it"
    assert text[slice(*found.scope)] == "denies Israeli strike near Qom"


def test_offsets_hold_in_a_later_sentence_of_a_summary() -> None:
    text, spans = read("Talks ran late in Geneva. Iran denies the [strike].")
    found = assess("Geneva", text, spans, in_title=False)
    assert text[slice(*found.scope)] == "denies the strike"


def test_plain_affirmation_has_no_cue_and_no_scope() -> None:
    found = judge("Israel [strikes] Iran")
    assert (found.cue, found.scope) == ("", (0, 0))


def test_words_of_the_query_are_the_event_and_not_a_cue() -> None:
    assert judge("Russia threatens to [recall] envoy").assertion is Assertion.PLANNED
    assert judge("Russia [threatens] to recall envoy").assertion is Assertion.AFFIRMED


def test_match_without_words_is_judged_by_any_cue() -> None:
    assert judge("Talks may resume").assertion is Assertion.HEDGED
    assert judge("Talks resumed").assertion is Assertion.AFFIRMED
    assert judge("").assertion is Assertion.AFFIRMED


@given(
    st.lists(
        st.sampled_from(
            ["may", "denies", "not", "strike", ",", "?", ".", "если", "не", "встретятся", ":", "to", "2014"]
        ),
        max_size=14,
    ),
    st.data(),
)
def test_any_text_is_judged_and_scope_and_cue_lie_in_it(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = assess(text, "", [(start, end)], in_title=True, published=PUBLISHED)
    assert found.cue in text
    assert 0 <= found.scope[0] <= found.scope[1] <= len(text)
    assert (found.assertion is Assertion.AFFIRMED) == (found.cue == "")
