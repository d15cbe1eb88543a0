"""Words that say little of what a text is about: articles, prepositions, question words, words of reporting.

Folded, in English, Russian, Kazakh and simplified Chinese.
"""

from __future__ import annotations

from kzrag.text.language import word_set

_ENGLISH = word_set(
    """
    a about above according after again against all almost along already also although always am among an and
    another any are aren around as at be became because become been before being below between both but by can
    cannot could couldn did didn do does doesn doing don done down during each either else especially etc even ever
    every few for from further get gets give given go got had hadn has hasn have haven having he hence her here hers
    herself him himself his how however i if in indeed instead into is isn it its itself just least less let like
    likely ll m made make makes many may me might mine more moreover most much must my myself near nearly never no
    nor not now of off often on once one only onto or other others otherwise our ours ourselves out over own per
    perhaps please quite rather re really regarding s same say says said shall she should since so some something
    somewhat still such t take taken tell than that the their theirs them themselves then there therefore these they
    thing things this those though through throughout thus to together too toward towards under until up upon us use
    used using ve very via was wasn we well were weren what whatever when where whether which while who whoever whom
    whose why will with within without won would wouldn yet you your yours yourself know known list name named mean
    means happen happened mention mentioned article articles source sources text document documents ask describe explain
    show
    """
)
_RUSSIAN = word_set(
    """
    а без более больше будет будто бы был была были было быть в вам вас ваш весь во вот все всего всех всё вы где да
    даже два для до другой его ее ей ему если есть еще ещё ж же за зачем здесь и из или им иногда их к кажется как
    какая какие каким каких какова каково каковы какой какого какую каком кем ко когда кого кому конечно которая
    которого которое которой которые который которых которую которым кто куда ли либо лишь между меня мне много
    можно мой моя мы на над надо наконец нам нас наш не него нее ней некоторые нельзя нем нет ни нибудь никогда ним
    них ничего но ну о об один однако он она они оно откуда опять от перед по под после потом потому почему почти
    при про раз разве с сам самый свой свою себе себя сейчас сказал сколько со совсем так также такая такие такое такой
    там тебя тем теперь то тогда того тоже той только том тот тою ту тут ты у уж уже хоть хотя чего чей чем через что
    чтоб чтобы чуть чье чья эта эти этих это этого этой этом этот эту я ведь лет год году года говорит говорится назови
    назовите расскажи является стал стала стали статья статье источник источники источников документ текст именно
    """
)
_KAZAKH = word_set(
    """
    ал алайда арқылы астам әр барлық бар басқа бәрі бе бен берді беру бір бірақ біз біздің бойы бойынша болады
    болған болды болса болып бұл бұны бұның да де деген дейді дейін деп десе екен ең емес енді еді ескі ет етеді
    етті ешқандай және жоқ жылы жылдың жылғы жылға кезде кезінде кейін керек кім кімге кімді кімнің көп қай қайда
    қайдан қалай қандай қанша қарай қашан ма мен менің мұнда мұндай мыналар не неге немесе неше неліктен ол олар
    олардың он оны оның осы осындай өз өзі па пе пен сен сияқты сізге сол солай сондай сондықтан соң тағы та те тек
    туралы тиіс түрде үшін шейін яғни айтты айтады деді дейтін мақала мақалада
    """
)
_CHINESE = word_set(
    """
    的 了 和 与 及 以及 或 或者 是 在 于 对 对于 关于 由 被 把 将 从 到 向 往 给 让 使 为 为了 因为 所以 因此 但
    但是 而 而且 并 并且 也 都 就 又 还 则 却 只 只有 只是 才 再 更 最 很 太 非常 相当 有 没有 这 那 这个 那个 这些
    那些 这样 那样 这里 那里 其 其中 其他 此 该 它 他 她 我 你 您 他们 她们 它们 我们 你们 自己 谁 什么 甚么 哪 哪个
    哪些 哪里 哪儿 哪国 何 何时 何地 为何 为什么 怎么 怎样 如何 多少 几 几个 多 多大 多长 吗 呢 吧 啊 呀 个 之 之一
    之后 之前 以 以后 以前 等 等等 们 着 过 地 得 所 不 不是 没 会 能 能够 可 可以 可能 应该 要 说 称 表示 指出 时
    时候 当 当时 如果 虽然 那么 然后 已 已经 曾 曾经 正在 一 一个 一些 一种 请 请问 知道 告诉 根据 按照 据 提到 认为
    文章 文中 来源 文件 究竟 到底 分别 有关 之间 中 上 下 里 内 外 来 去 做 用 么 样 些 每 各 位 名 次 种 是否
    有没有 是不是 会不会 能不能 方面 进行 关 点 月 日 年
    """
)
FUNCTION_WORDS = _ENGLISH | _RUSSIAN | _KAZAKH | _CHINESE
"""Folded words of four languages that say little of what a text is about, question words among them."""
