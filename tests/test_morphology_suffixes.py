"""Kazakh and Kyrgyz inflection: tables of grammar, the laws, and floors on real text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.errors import SettingsError
from workflow.morphology.suffixes import Suffixes, load

SHARED = Path(__file__).parents[2] / "shared" / "data" / "morphology"
TAGS = ("kk", "ky")

# The citation form of a term | what is said | the usual form.
KAZAKH = """
мемлекет | PL | мемлекеттер
мемлекет | GEN | мемлекеттің
мемлекет | DAT | мемлекетке
мемлекет | ACC | мемлекетті
мемлекет | LOC | мемлекетте
мемлекет | ABL | мемлекеттен
мемлекет | INS | мемлекетпен
мемлекет | POSS.3 | мемлекеті
мемлекет | POSS.3 GEN | мемлекетінің
мемлекет | PL POSS.3 DAT | мемлекеттеріне
мемлекет | PL POSS.1PL ACC | мемлекеттерімізді
мемлекет | ATTR | мемлекеттегі
мемлекет | PL ATTR | мемлекеттердегі
мемлекет | POSS.3 ATTR | мемлекетіндегі
қала | PL | қалалар
қала | GEN | қаланың
қала | DAT | қалаға
қала | ACC | қаланы
қала | LOC | қалада
қала | ABL | қаладан
қала | INS | қаламен
қала | POSS.3 | қаласы
қала | POSS.3 DAT | қаласына
қала | POSS.3 INS | қаласымен
қала | POSS.1PL | қаламыз
қала | POSS.1PL DAT | қаламызға
қала | ATTR | қаладағы
қала | ATTR PL | қаладағылар
қала | ATTR PL GEN | қаладағылардың
заң | GEN | заңның
заң | ACC | заңды
заң | ABL | заңнан
заң | DAT | заңға
заң | INS | заңмен
заң | PL | заңдар
заң | POSS.3 ACC | заңын
заң | PL POSS.3 LOC | заңдарында
келісім | GEN | келісімнің
келісім | ABL | келісімнен
келісім | LOC | келісімде
келісім | PL ABL | келісімдерден
келісім | POSS.3 ABL | келісімінен
келісім | POSS.1SG DAT | келісіміме
қаз | INS | қазбен
қаз | GEN | қаздың
қаз | PL | қаздар
кітап | POSS.3 | кітабы
кітап | POSS.1SG | кітабым
кітап | POSS.1SG DAT | кітабыма
кітап | DAT | кітапқа
кітап | INS | кітаппен
бөлік | POSS.3 | бөлігі
бөлік | POSS.3 GEN | бөлігінің
бөлік | DAT | бөлікке
бөлік | PL | бөліктер
аймақ | POSS.3 | аймағы
аймақ | POSS.3 LOC | аймағында
аймақ | LOC | аймақта
аймақ | DAT | аймаққа
аймақ | POSS.2SG | аймағың
аймақ | POSS.2SG.POL | аймағыңыз
халық | POSS.3 | халқы
халық | POSS.3 GEN | халқының
халық | POSS.1PL | халқымыз
халық | GEN | халықтың
орын | POSS.3 | орны
орын | POSS.3 LOC | орнында
орын | LOC | орында
орын | ABL | орыннан
ауыз | POSS.3 | аузы
ауыз | DAT | ауызға
мүлік | POSS.3 | мүлкі
мүлік | POSS.3 ABL | мүлкінен
су | POSS.3 | суы
су | GEN | судың
су | DAT | суға
су | ACC | суды
даму | GEN | дамудың
даму | POSS.3 | дамуы
даму | POSS.3 ACC | дамуын
жиналу | GEN | жиналудың
жиналу | POSS.3 | жиналуы
тарих | GEN | тарихтың
тарих | POSS.3 | тарихы
тарих | DAT | тарихқа
саммит | GEN | саммиттің
саммит | DAT | саммитке
саммит | POSS.3 LOC | саммитінде
клуб | GEN | клубтың
клуб | DAT | клубқа
клуб | PL | клубтар
клуб | POSS.3 | клубы
институт | DAT | институтқа
институт | POSS.3 | институты
процесс | DAT | процеске
процесс | GEN | процестің
процесс | POSS.3 | процесі
факт | POSS.3 | фактісі
факт | PL | фактілер
факт | DAT | фактіге
модель | POSS.3 | моделі
модель | PL | модельдер
модель | LOC | модельде
тоқаев | GEN | тоқаевтың
тоқаев | DAT | тоқаевқа
тоқаев | ACC | тоқаевты
медведев | GEN | медведевтің
медведев | INS | медведевпен
министр | PL | министрлер
министр | GEN | министрдің
министр | POSS.3 | министрі
министр | POSS.3 DAT | министріне
жыл | ATTR | жылғы
жыл | PL ATTR | жылдардағы
жыл | LOC | жылда
кеш | ATTR | кешкі
жанында | ATTR | жанындағы
ел аумағында | ATTR | ел аумағындағы
қыс | ATTR | қысқы
баға | SIM | бағадай
баға | POSS.3 SIM | бағасындай
баға | ATTR SIM | бағадағыдай
мүше | POSS.3 COP.1PL | мүшесіміз
кінә | POSS.3 | кінәсі
кінә | POSS.3 GEN | кінәсінің
съезд | LOC | съезде
съезд | POSS.3 | съезі
съезд | PL GEN | съездердің
баға | GEN.PRED | бағанікі
елші | COP.1SG | елшімін
елші | COP.2SG | елшісің
үлкен | COMP | үлкенірек
жақсы | COMP | жақсырақ
жақсы | PL | жақсылар
біріккен ұлттар ұйымы | GEN | біріккен ұлттар ұйымының
біріккен ұлттар ұйымы | DAT | біріккен ұлттар ұйымына
біріккен ұлттар ұйымы | ACC | біріккен ұлттар ұйымын
біріккен ұлттар ұйымы | LOC | біріккен ұлттар ұйымында
біріккен ұлттар ұйымы | ABL | біріккен ұлттар ұйымынан
біріккен ұлттар ұйымы | INS | біріккен ұлттар ұйымымен
біріккен ұлттар ұйымы | ATTR | біріккен ұлттар ұйымындағы
біріккен ұлттар ұйымы | PL | біріккен ұлттар ұйымдары
біріккен ұлттар ұйымы | PL GEN | біріккен ұлттар ұйымдарының
сыртқы істер министрлігі | GEN | сыртқы істер министрлігінің
сыртқы істер министрлігі | DAT | сыртқы істер министрлігіне
сыртқы істер министрлігі | PL | сыртқы істер министрліктері
сыртқы істер министрлігі | POSS.1PL | сыртқы істер министрлігіміз
қазақстан халқы | DAT | қазақстан халқына
қазақстан халқы | PL | қазақстан халықтары
қауіпсіздік кеңесі | DAT | қауіпсіздік кеңесіне
қауіпсіздік кеңесі | PL | қауіпсіздік кеңестері
ақш доллары | BARE | ақш доллар
ақш доллары | ACC | ақш долларын
ақш доллары | PL INS | ақш долларларымен
2024 жылы | BARE DAT | 2024 жылға
2024 жылы | PL LOC | 2024 жылдарында
ақпарат құралдары | GEN | ақпарат құралдарының
ақпарат құралдары | LOC | ақпарат құралдарында
ақпарат құралдары | SG | ақпарат құралы
ақпарат құралдары | SG GEN | ақпарат құралының
мемлекеттік хатшы | GEN | мемлекеттік хатшының
мемлекеттік хатшы | DAT | мемлекеттік хатшыға
мемлекеттік хатшы | PL | мемлекеттік хатшылар
мемлекеттік хатшы | POSS.3 | мемлекеттік хатшысы
мемлекеттер | SG | мемлекет
мемлекеттер | SG GEN | мемлекеттің
мемлекеттер | GEN | мемлекеттердің
мемлекеттер | POSS.3 LOC | мемлекеттерінде
елдер | SG | ел
елдер | SG DAT | елге
елдер | ABL | елдерден
баға | PL GEN.PRED DAT | бағалардікіне
"""

KYRGYZ = """
мамлекет | PL | мамлекеттер
мамлекет | GEN | мамлекеттин
мамлекет | DAT | мамлекетке
мамлекет | ACC | мамлекетти
мамлекет | LOC | мамлекетте
мамлекет | ABL | мамлекеттен
мамлекет | POSS.3 | мамлекети
мамлекет | POSS.3 GEN | мамлекетинин
мамлекет | PL POSS.3 DAT | мамлекеттерине
мамлекет | ATTR | мамлекеттеги
мамлекет | POSS.3 ATTR | мамлекетиндеги
шаар | PL | шаарлар
шаар | GEN | шаардын
шаар | DAT | шаарга
шаар | ACC | шаарды
шаар | LOC | шаарда
шаар | ABL | шаардан
шаар | POSS.3 | шаары
шаар | POSS.3 LOC | шаарында
шаар | POSS.1PL | шаарыбыз
шаар | POSS.1PL GEN | шаарыбыздын
өлкө | PL | өлкөлөр
өлкө | GEN | өлкөнүн
өлкө | DAT | өлкөгө
өлкө | ACC | өлкөнү
өлкө | LOC | өлкөдө
өлкө | ABL | өлкөдөн
өлкө | POSS.3 | өлкөсү
өлкө | POSS.3 DAT | өлкөсүнө
өлкө | POSS.1PL | өлкөбүз
өлкө | POSS.1PL LOC | өлкөбүздө
өлкө | ATTR | өлкөдөгү
өлкө | ATTR PL | өлкөдөгүлөр
жол | PL | жолдор
жол | GEN | жолдун
жол | DAT | жолго
жол | ACC | жолду
жол | LOC | жолдо
жол | ABL | жолдон
жол | POSS.3 | жолу
жол | POSS.3 LOC | жолунда
жол | ATTR | жолдогу
жол | PL POSS.3 ACC | жолдорун
суу | PL | суулар
суу | GEN | суунун
суу | DAT | сууга
суу | ACC | сууну
суу | POSS.3 | суусу
тоо | PL | тоолор
тоо | GEN | тоонун
тоо | DAT | тоого
тоо | LOC | тоодо
тоо | POSS.3 | тоосу
үй | PL | үйлөр
үй | GEN | үйдүн
үй | DAT | үйгө
үй | POSS.3 | үйү
үй | POSS.1SG DAT | үйүмө
үй | POSS.2PL.POL | үйүңүздөр
күн | GEN | күндүн
күн | DAT | күнгө
күн | PL | күндөр
күн | POSS.3 | күнү
күн | ATTR | күнкү
той | POSS.3 | тою
той | POSS.3 LOC | тоюнда
той | DAT | тойго
уюм | GEN | уюмдун
уюм | ACC | уюмду
уюм | ABL | уюмдан
уюм | POSS.3 | уюму
уюм | PL | уюмдар
мыйзам | GEN | мыйзамдын
мыйзам | ACC | мыйзамды
мыйзам | ABL | мыйзамдан
мыйзам | PL | мыйзамдар
мыйзам | POSS.3 ACC | мыйзамын
китеп | POSS.3 | китеби
китеп | POSS.1SG | китебим
китеп | DAT | китепке
бөлүк | POSS.3 | бөлүгү
бөлүк | POSS.3 GEN | бөлүгүнүн
бөлүк | GEN | бөлүктүн
бөлүк | DAT | бөлүккө
катчылык | POSS.3 | катчылыгы
катчылык | POSS.3 DAT | катчылыгына
орун | POSS.3 | орду
орун | POSS.3 DAT | ордуна
орун | LOC | орунда
мурун | POSS.3 | мурду
моюн | POSS.3 | мойну
көңүл | POSS.3 | көңлү
бала | PL | балдар
бала | PL GEN | балдардын
бала | PL POSS.3 | балдары
бала | GEN | баланын
бала | POSS.3 | баласы
кыргызстан | GEN | кыргызстандын
кыргызстан | DAT | кыргызстанга
кыргызстан | LOC | кыргызстанда
кыргызстан | ABL | кыргызстандан
кыргызстан | ATTR | кыргызстандагы
жапаров | GEN | жапаровдун
жапаров | DAT | жапаровго
жапаров | ACC | жапаровду
нефть | ACC | нефтини
нефть | GEN | нефтинин
нефть | DAT | нефтиге
банк | GEN | банктын
банк | DAT | банкка
банк | POSS.3 | банкы
банк | POSS.3 GEN | банкынын
министр | PL | министрлер
министр | GEN | министрдин
министр | POSS.3 | министри
министр | POSS.3 ACC | министрин
июль | POSS.3 | июлу
июль | LOC | июлда
президент | GEN | президенттин
президент | DAT | президентке
президент | POSS.3 | президенти
президент | PL | президенттер
лицензия | PL | лицензиялар
лицензия | POSS.3 | лицензиясы
лицензия | ACC | лицензияны
кыш | ATTR | кышкы
алдында | ATTR | алдындагы
шаар четинде | ATTR | шаар четиндеги
бүгүн | ATTR | бүгүнкү
азыр | ATTR | азыркы
элчи | COP.1SG | элчимин
элчи | GEN.PRED | элчиники
элчи | GEN.PRED ACC | элчиникин
элчи | POSS.3 COP.2SG.POL | элчисисиз
чоң | COMP | чоңураак
жакшы | COMP | жакшыраак
жакшы | PL | жакшылар
тил | SIM | тилдей
тил | POSS.3 SIM | тилиндей
тил | ATTR SIM | тилдегидей
мүчө | POSS.3 COP.1PL | мүчөсүбүз
убакыт | POSS.3 | убактысы
убакыт | PL | убактылар
убакыт | POSS.3 LOC | убактысында
рубль | GEN | рублдун
тил | GEN | тилдин
тил | PL | тилдер
шанхай кызматташтык уюму | GEN | шанхай кызматташтык уюмунун
шанхай кызматташтык уюму | DAT | шанхай кызматташтык уюмуна
шанхай кызматташтык уюму | ACC | шанхай кызматташтык уюмун
шанхай кызматташтык уюму | LOC | шанхай кызматташтык уюмунда
шанхай кызматташтык уюму | ABL | шанхай кызматташтык уюмунан
шанхай кызматташтык уюму | ATTR | шанхай кызматташтык уюмундагы
шанхай кызматташтык уюму | PL | шанхай кызматташтык уюмдары
шанхай кызматташтык уюму | PL GEN | шанхай кызматташтык уюмдарынын
тышкы иштер министрлиги | GEN | тышкы иштер министрлигинин
тышкы иштер министрлиги | DAT | тышкы иштер министрлигине
тышкы иштер министрлиги | PL | тышкы иштер министрликтери
кыргыз эли | GEN | кыргыз элинин
кыргыз эли | DAT | кыргыз элине
кыргыз эли | PL | кыргыз элдери
2024 жылы | BARE DAT | 2024 жылга
2024 жылы | PL LOC | 2024 жылдарында
евразия экономикалык бирлиги | LOC | евразия экономикалык бирлигинде
евразия экономикалык бирлиги | ABL | евразия экономикалык бирлигинен
мамлекеттик катчы | GEN | мамлекеттик катчынын
мамлекеттик катчы | DAT | мамлекеттик катчыга
мамлекеттик катчы | PL | мамлекеттик катчылар
адам укуктары | GEN | адам укуктарынын
адам укуктары | ATTR | адам укуктарындагы
адам укуктары | SG | адам укугу
адам укуктары | SG DAT | адам укугуна
баалуу кагаздар | GEN | баалуу кагаздардын
баалуу кагаздар | DAT | баалуу кагаздарга
баалуу кагаздар | SG | баалуу кагаз
баалуу кагаздар | SG ACC | баалуу кагазды
депутаттар | SG | депутат
депутаттар | SG GEN | депутаттын
депутаттар | GEN | депутаттардын
депутаттар | POSS.3 | депутаттары
элдер | SG | эл
элдер | SG DAT | элге
элдер | ABL | элдерден
өлкө | Q | өлкөбү
китеп | Q | китеппи
"""

# Words that are no form of the term: derivations, other words, wrong endings.
NOT_KAZAKH = """
хатшы хатшылық
есірткі есірткілік
ұйым ұйымдастыру
ұйым ұйымдасқан
қазы қазына
қазы қазынаның
қазы қазлары
ақы ақын
ақы ақынның
қары қарын
ұры ұрына
үлгі үлгерімі
ұйымы ұйым
ұйымы ұйымдар
ұйымы ұйымды
ұйымы ұйымға
ұйымы ұйымдастыру
жарғысы жарғы
жарғысы жарғыға
хатшы хатшын
баға бағасыдай
қала қалалық
қала қалалықтарға
мемлекет мемлекеттік
мемлекет мемлекетшіл
тіл тілші
тіл тілсіз
су сусыз
су сулы
заң заңгер
заң заңсыз
заң заңнама
баға бағасыз
баға бағала
баға бағыт
елші елшілік
ел елші
ел елестету
жол жолдас
жол жолсыз
жол жолаушы
кітап кітапхана
кітап кітапша
тарих тарихи
тарих тарихшы
ғылым ғылыми
ғылым ғалым
экономика экономикалық
саясат саясаткер
әскер әскери
шаруа шаруашылық
келісім келісті
келісім келісу
даму дамы
банк банкир
операция операцияшы
министр министрлік
сауда саудагер
құқық құқықтық
құқық құқықшы
шекара шекаралас
доллар дол
тендер тенге
гендер ген
халық халыққы
орын орнату
ауыл ауыр
кеңес кеңсе
кеңес кеңейту
жарыс жар
ақпарат ақпан
өнер өнеркәсіп
түр түрік
мемлекет мемлекетты
қала қалеға
заң заңдің
кітап кітапға
мектеп мектебқа
бөлік бөлікі
аймақ аймақы
топ топы
топ топырақ
үш үшін
бас басқа
бір бірге
қан қандай
сай сайын
он оның
әл әлі
ешкі ешкім
ешкі ешкімнің
ойы ойысында
ойы ойыны
заңы заңысы
дамуы дамуыны
бөлік бөлікқа
келу келуға
оқу оқуге
су сусын
даму дамусы
тарих тарихте
"""

NOT_KYRGYZ = """
катчы катчылык
мамлекет мамлекеттик
мамлекет мамлекетчил
уюм уюштуруу
уюм уюмдаштыруу
шаар шаардык
шаар шаарсыз
суу суусуз
суу суулуу
мыйзам мыйзамдуу
мыйзам мыйзамсыз
мыйзам мыйзамчы
тил тилчи
тил тилсиз
эл элчи
эл элчилик
элчи элчилик
жол жолдош
жол жолоочу
жол жолсуз
өлкө өлкөлүк
китеп китепкана
китеп китепче
бала балалык
бала балалуу
бал балдар
бал балдарды
ары арын
кары карын
дары дарына
казы казына
уюму уюм
уюму уюмдар
уюму уюмду
уюму уюмга
уюму уюштуруу
уставы уставка
катчы катчын
тил тилидей
тарых тарыхый
тарых тарыхчы
илим илимий
илим илимпоз
финансы финансылык
экономика экономикалык
соода соодагер
укук укуктук
чек чекара
чек ара
кеңеш кеңешчи
кеңеш кеңеюу
банк банкир
министр министрлик
президент президенттик
тендер тенге
гендер ген
доллар дол
бийлик бийлөө
аскер аскердик
айыл айылдаш
калк калкан
иш ишкана
иш ишкер
жер жергилик
тоо тооктор
той тойбос
жапаров жапарова
мамлекет мамлекетты
шаар шаарге
жол жолга
күн күнга
үй үйга
китеп китепга
китеп китепи
жак жакын
бөлүк бөлүкү
калк калгым
эрк эрги
келин келди
жетим жетди
үч үчүн
баш башка
бир бирге
кан кандай
сай сайын
эрте эртең
эм эми
эчки эчким
эчки эчкимдин
шаар шаартан
күн күнтөн
мамлекет мамлекетту
уюм уюмдөр
союл союлдор
журт журтуга
"""

# As good as the usual form: what the word says.
VARIANTS = {
    "kk": [
        ("процесс", "процесстің", "GEN"),
        ("процесс", "процессі", "POSS.3"),
        ("факт", "факттың", "GEN"),
        ("халық", "халығы", "POSS.3"),
        ("парк", "паркі", "POSS.3"),
        ("парк", "паргі", "POSS.3"),
        ("клуб", "клубдың", "GEN"),
        ("клуб", "клубтің", "GEN"),
        ("такси", "таксиі", "POSS.3"),
        ("такси", "таксисі", "POSS.3"),
        ("қала", "қаламенен", "INS"),
        ("принцип", "принципі", "POSS.3"),
        ("негіз", "негізінен", "POSS.3 ABL"),
        ("бас", "басына", "POSS.3 DAT"),
        ("басқа", "басқалар", "PL"),
        ("ешкім", "ешкімнің", "GEN"),
        ("ешкі", "ешкіміз", "POSS.1PL"),
        ("ешкі", "ешкінің", "GEN"),
        ("ойы", "ойында", "LOC"),
        ("банк", "банкке", "DAT"),
        ("банк", "банкқа", "DAT"),
        ("келу", "келуге", "DAT"),
        ("оқу", "оқуға", "DAT"),
        ("су", "суын", "POSS.3 ACC"),
        ("ойы", "ойлары", "PL"),
        ("үйі", "үйіне", "DAT"),
        ("бүйі", "бүйісі", "POSS.3"),
        ("ұйымы", "ұйымын", "ACC"),
        ("ұйымы", "ұйымында", "LOC"),
        ("ұйымы", "ұйымынан", "ABL"),
        ("ұйымы", "ұйымының", "GEN"),
        ("ұйымы", "ұйымындағы", "ATTR"),
        ("ұйымы", "ұйымдарына", "PL DAT"),
        ("министрлігі", "министрліктерін", "PL ACC"),
        ("жарғысы", "жарғысына", "DAT"),
        ("тұрғындары", "тұрғындарын", "ACC"),
        ("тұрғындары", "тұрғынына", "SG DAT"),
        ("кінә", "кінәға", "DAT"),
        ("куә", "куәлар", "PL"),
        ("қала", "қаласыменен", "POSS.3 INS"),
        ("мектеп", "мектеппенен", "INS"),
        ("фифа", "фифа-ның", "GEN"),
        ("ксро", "ксро-дағы", "ATTR"),
        ("facebook", "facebook-тің", "GEN"),
        ("facebook", "facebookке", "DAT"),
        ("г20", "г20-ның", "GEN"),
    ],
    "ky": [
        ("жапаров", "жапаровго", "DAT"),
        ("жапаров", "жапаровко", "DAT"),
        ("уюму", "уюмун", "ACC"),
        ("уюму", "уюмунда", "LOC"),
        ("уюму", "уюмунан", "ABL"),
        ("уюму", "уюмунун", "GEN"),
        ("уюму", "уюмундагы", "ATTR"),
        ("уюму", "уюмдарына", "PL DAT"),
        ("министрлиги", "министрликтерин", "PL ACC"),
        ("өкүлү", "өкүлүнө", "DAT"),
        ("тургундары", "тургундарын", "ACC"),
        ("рубль", "рублдин", "GEN"),
        ("рубль", "рубли", "POSS.3"),
        ("ульяновск", "ульяновсктагы", "ATTR"),
        ("ульяновск", "ульяновсктогу", "ATTR"),
        ("факт", "фактиси", "POSS.3"),
        ("орун", "оруну", "POSS.3"),
        ("уюм", "уюмдар", "PL"),
        ("союл", "союлдар", "PL"),
        ("отчет", "отчетту", "ACC"),
        ("режиссер", "режиссеру", "POSS.3"),
        ("журт", "журтуна", "POSS.3 DAT"),
        ("факт", "фактыга", "DAT"),
        ("орун", "ордуна", "POSS.3 DAT"),
        ("эрин", "эрди", "POSS.3"),
        ("келин", "келини", "POSS.3"),
        ("блок", "блогу", "POSS.3"),
        ("банк", "банкы", "POSS.3"),
        ("жак", "жагын", "POSS.3 ACC"),
        ("бүгүн", "бүгүндөн", "ABL"),
        ("бүгүн", "бүгүнтөн", "ABL"),
        ("азыр", "азыртан", "ABL"),
        ("негиз", "негизинен", "POSS.3 ABL"),
        ("баш", "башына", "POSS.3 DAT"),
        ("башка", "башкага", "DAT"),
        ("үч", "үчтүн", "GEN"),
        ("үй", "үйүмгө", "POSS.1SG DAT"),
        ("кыш", "кыштагы", "ATTR"),
        ("июнь", "июну", "POSS.3"),
        ("июнь", "июнү", "POSS.3"),
        ("самолет", "самолетту", "ACC"),
        ("самолет", "самолетти", "ACC"),
        ("акш", "акшга", "DAT"),
        ("гэс", "гэснин", "GEN"),
        ("гэс", "гэстин", "GEN"),
        ("балдар", "бала", "SG"),
        ("балдар", "балдарга", "DAT"),
        ("google", "google-дун", "GEN"),
    ],
}

ABBREVIATIONS = {
    "kk": [
        ("ҰҚШҰ", "ҰҚШҰ", ""),
        ("ҰҚШҰ", "ҰҚШҰ-ның", "GEN"),
        ("ҰҚШҰ", "ҰҚШҰның", "GEN"),
        ("ҰҚШҰ", "ҰҚШҰ-ға", "DAT"),
        ("ҰҚШҰ", "ҰҚШҰ’ға", "DAT"),
        ("ҰҚШҰ", "ҰҚШҰ»-да", "LOC"),
        ("ҰҚШҰ", "ҰҚШҰ-дағы", "ATTR"),
        ("АҚШ", "АҚШ-пен", "INS"),
        ("АҚШ", "АҚШ-мен", "INS"),
        ("БҰҰ", "БҰҰ-ның", "GEN"),
        ("КСР", "КСР-інің", "POSS.3 GEN"),
        ("ҰҚШҰ", "ҰҚШЫ-ның", None),
        ("ҰҚШҰ", "ҰҚШҰНЫҢ", None),
        ("ҰҚШҰ", "ҰҚШҰ-", None),
        ("АҚШ", "АҚШ-тық", None),
        ("АҚШ", "АҚШЛ", None),
        ("АҚШ", "ҚШ", None),
    ],
    "ky": [
        ("ЖККУ", "ЖККУнун", "GEN"),
        ("ЖККУ", "ЖККУ-нун", "GEN"),
        ("ЖККУ", "ЖККУга", "DAT"),
        ("ГЭС", "ГЭСинин", "POSS.3 GEN"),
        ("ГЭС", "ГЭСтерди", "PL ACC"),
        ("ККМ", "ККМди", "ACC"),
        ("ККМ", "ККМны", "ACC"),
        ("АКШ", "АКШдагы", "ATTR"),
        ("АКШ", "АКШ»га", "DAT"),
        ("АКШ", "АКШлык", None),
        ("АКШ", "АКШсыз", None),
        ("ЖККУ", "ЖККНун", None),
    ],
}

PHRASES_REFUSED = {
    "kk": [
        ("біріккен ұлттар ұйымы", "біріккен ұлттар ұйымдастыру"),
        ("біріккен ұлттар ұйымы", "біріккен ұлттардың ұйымы"),
        ("біріккен ұлттар ұйымы", "ұлттар ұйымы"),
        ("сыртқы істер министрлігі", "ішкі істер министрлігі"),
        ("мемлекеттік хатшы", "мемлекеттік хатшылық"),
        ("қауіпсіздік кеңесі", "қауіпсіздік кеңсе"),
        ("қауіпсіздік кеңесі", "қауіпсіздік кеңесті"),
        ("қауіпсіздік кеңесі", "қауіпсіздік кеңестерден"),
        ("астана қаласы", "астана қалада"),
    ],
    "ky": [
        ("шанхай кызматташтык уюму", "шанхай кызматташтык уюштуруу"),
        ("тышкы иштер министрлиги", "ички иштер министрлиги"),
        ("мамлекеттик катчы", "мамлекеттик катчылык"),
        ("темир жол", "темир жолчулардын"),
        ("баалуу кагаздар", "баалуу кагазсыз"),
        ("коопсуздук кеңеши", "коопсуздук кеңешти"),
        ("коопсуздук кеңеши", "коопсуздук кеңештерден"),
        ("бишкек шаары", "бишкек шаарда"),
    ],
}

# Recall and share of hard and very hard negatives refused that must hold on the development data;
# what is missing to 100 is mostly slips of the data.
FLOORS = {
    "kk.udclean": (99.4, 99.4, 98.8),
    "kk.unimorph": (99.8, 99.8, 99.6),
    "kk.multiword": (99, 99, 100),
    "kk.possessed": (99, 98, 100),
    "kk.possessed alone": (99, 98, 100),
    "kk.abbreviations": (100, 100, 100),
    "ky.udclean": (97.3, 99.1, 96.6),
    "ky.apgold": (96.1, 98.8, 98.0),
    "ky.multiword": (95.8, 94.4, 100),
    "ky.possessed": (100, 100, 100),
    "ky.possessed alone": (100, 100, 100),
    "ky.abbreviations": (100, 100, 100),
}

TURKISH = """
strategy = "suffixes"
vowels = "aeıioöuü"
open = ["vowel"]
half_open = []
joiners = "-'’"
signs = ""
spelled = "^C+$"
plain_heads = "C[cç][ıiuü]$"
plain_words = []
bound = []
endings = [
    ["stem", "PL", "lAr", "plural"],
    ["stem plural", "POSS.3", "(s)I", "possessed3"],
    ["stem plural", "POSS.1SG", "(I)m", "possessed"],
    ["stem plural", "POSS.1PL", "(I)mIz", "possessed"],
    ["base", "GEN", "(n)In", "done"],
    ["base", "ACC", "(y)I", "done"],
    ["base", "DAT", "(y)A", "done"],
    ["base", "LOC", "DA", "done"],
    ["base", "ABL", "DAn", "done"],
    ["possessed3", "GEN", "nIn", "done"],
    ["possessed3", "DAT", "nA", "done"],
    ["possessed3", "LOC", "nDA", "done"],
]
[groups]
base = "stem plural possessed"
[sounds]
vowel = "aeıioöuü"
voiced = "bcdgğjlmnrvyz"
voiceless = "çfhkpsşt"
[assimilation]
D = { vowel = "d", voiced = "d", voiceless = "t" }
[harmonies.back]
after = "aı"
A = "a"
I = "ı"
[harmonies.front]
after = "ei"
A = "e"
I = "i"
[harmonies.rounded-back]
after = "ou"
A = "a"
I = "u"
[harmonies.rounded-front]
after = "öü"
A = "e"
I = "ü"
[located]
stem = "nd[ae]$"
state = "stem"
[classes]
[[either]]
stem = "alp$"
harmonies = ["front", "back"]
[[changes]]
stem = "p$"
becomes = "b"
before = "vowel"
[[changes]]
stem = "(?<=V)k$"
becomes = "ğ"
before = "vowel"
[[tolerated]]
stem = "ç$"
becomes = "c"
before = "vowel"
[[carried]]
adds = "POSS.3"
after = "PL"
missing = "BARE"
state = "possessed3"
plain = "stem"
base = ""
lone_base = ""
lone = 0
undo = [["ğ[ıiuü]$", "k"], ["b[ıiuü]$", "p"], ["(?<=[aeıioöuü])s[ıiuü]$", ""], ["[ıiuü]$", ""]]
"""


def rows(table):
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().split("\n")]


INFLECTED = [(tag, *row) for tag, table in (("kk", KAZAKH), ("ky", KYRGYZ)) for row in rows(table)]
REFUSED = [
    (tag, *line.split())
    for tag, table in (("kk", NOT_KAZAKH), ("ky", NOT_KYRGYZ))
    for line in table.strip().split("\n")
]


@pytest.mark.parametrize(("tag", "term", "features", "form"), INFLECTED)
def test_a_form_is_made_and_recognised(tag, term, features, form):
    words = tuple(term.split())
    assert load(tag).inflect(words, features) == tuple(form.split())
    assert load(tag).match(words, form.split()) == (*[""] * (len(words) - 1), features)


@pytest.mark.parametrize(("tag", "term", "word"), REFUSED)
def test_another_word_is_refused(tag, term, word):
    assert load(tag).match((term,), (word,)) is None


@pytest.mark.parametrize(
    ("tag", "term", "form", "features"), [(tag, *row) for tag in TAGS for row in VARIANTS[tag]]
)
def test_a_variant_is_recognised(tag, term, form, features):
    assert load(tag).match((term,), (form,)) == (features,)


@pytest.mark.parametrize(
    ("tag", "term", "form", "said"), [(tag, *row) for tag in TAGS for row in ABBREVIATIONS[tag]]
)
def test_an_abbreviation_takes_endings_of_any_harmony(tag, term, form, said):
    assert load(tag).match_abbreviation(term, form) == said


@pytest.mark.parametrize(
    ("tag", "term", "words"), [(tag, *row) for tag in TAGS for row in PHRASES_REFUSED[tag]]
)
def test_another_phrase_is_refused(tag, term, words):
    assert load(tag).match(term.split(), words.split()) is None


def test_a_word_that_only_looks_possessed_may_be_so_as_the_head_of_a_phrase():
    kk = load("kk")
    assert kk.match(("қаз", "қазы"), ("қаз", "қазына")) == ("", "DAT")
    assert kk.match(("қазы",), ("қазына",)) is None


@pytest.mark.parametrize(
    ("tag", "term", "features", "word"),
    [
        ("kk", "бас", "DAT", "басқа"),
        ("kk", "ешкі", "POSS.1SG GEN", "ешкімнің"),
        ("ky", "баш", "DAT", "башка"),
        ("ky", "үч", "POSS.3 ACC", "үчүн"),
    ],
)
def test_a_word_of_its_own_is_a_form_only_at_the_end_of_a_phrase(tag, term, features, word):
    morphology = load(tag)
    assert word not in morphology.paradigm((term,))
    assert morphology.inflect((term,), features) is None
    assert morphology.match(("x", term), ("x", word)) == ("", features)
    assert morphology.match((word,), (word,)) == ("",)


def test_the_name_of_a_letter_takes_its_endings_though_another_word_looks_so():
    assert load("ky").ending("ИИМ", "POSS.3") == "и"
    assert load("ky").match(("эм",), ("эми",)) is None


def test_features_that_cannot_be_said_give_nothing():
    assert load("kk").inflect(("қала",), "GEN PL") is None
    assert load("ky").inflect(("шаар",), "INS") is None
    assert load("ky").inflect(("google",), "GEN") is None


def test_a_language_without_suffixes_is_refused():
    for tag in ("en", "xx"):
        with pytest.raises(SettingsError):
            load(tag)


def test_another_language_is_a_file_of_data():
    turkish = Suffixes(tomllib.loads(TURKISH))
    for features, form in {
        "PL": "evler",
        "PL POSS.1PL ABL": "evlerimizden",
        "LOC": "evde",
        "GEN": "evin",
        "POSS.3 LOC": "evinde",
    }.items():
        assert turkish.inflect(("ev",), features) == (form,)
        assert turkish.match(("ev",), (form,)) == (features,)
    assert turkish.inflect(("kitap",), "POSS.3") == ("kitabı",)
    assert turkish.inflect(("okul",), "DAT") == ("okula",)
    assert turkish.inflect(("köpek",), "ACC") == ("köpeği",)
    assert turkish.inflect(("kitap",), "LOC") == ("kitapta",)
    assert turkish.match(("ağaç",), ("ağacı",)) == ("POSS.3",)
    assert turkish.inflect(("dışişleri", "bakanlığı"), "DAT") == ("dışişleri", "bakanlığına")
    assert turkish.inflect(("dışişleri", "bakanlığı"), "PL") == ("dışişleri", "bakanlıkları")
    assert turkish.match(("kitap",), ("kitaplık",)) is None


ALPHABETS = {"kk": "аәбгғдежзийкқлмнңоөпрстуұүфхшыіэюяь", "ky": "абгдежзийклмнңоөпрстуүфхчшыэюяь"}
TERMS = st.sampled_from(TAGS).flatmap(
    lambda tag: st.tuples(
        st.just(tag),
        st.lists(st.text(ALPHABETS[tag], min_size=1, max_size=9), min_size=1, max_size=2),
    )
)
FEATURES = st.tuples(
    st.sampled_from(["", "PL"]),
    st.sampled_from(["", "POSS.3", "POSS.1SG", "POSS.1PL"]),
    st.sampled_from(["", "GEN", "DAT", "ACC", "LOC", "ABL", "ATTR"]),
).map(lambda said: " ".join(filter(None, said)))


@given(TERMS)
def test_the_citation_form_is_a_form(case):
    tag, term = case
    assert load(tag).match(term, term) == ("",) * len(term)
    assert load(tag).match_abbreviation(term[-1].upper(), term[-1].upper()) == ""


@given(TERMS, FEATURES)
def test_a_form_that_is_made_is_recognised(case, features):
    tag, term = case
    made = load(tag).inflect(term, features)
    assert made is None or (made[:-1] == tuple(term[:-1]) and load(tag).match(term, made))


@pytest.mark.parametrize(("tag", "term", "features", "form"), INFLECTED[::25])
def test_every_form_of_a_paradigm_is_recognised(tag, term, features, form):
    morphology, words = load(tag), tuple(term.split())
    forms = morphology.paradigm(words)
    assert form.split()[-1] in forms
    for last in forms:
        assert morphology.match(words, (*words[:-1], last)) is not None
    assert morphology.forms(words) is None


def shares(tag, name):
    """Share of forms matched, of hard and of very hard negatives refused."""
    morphology, right, seen = load(tag), {}, {}
    for line in (SHARED / f"{tag}.{name.split()[0]}.tsv").read_text(encoding="utf-8").splitlines():
        truth, term, form, *rest = line.split("\t")
        kind = "form" if truth == "1" else (rest or ["hard"])[0] or "hard"
        if name == "abbreviations":
            said = morphology.match_abbreviation(term, form)
        else:
            before = ["x"] if name == "possessed" else []
            said = morphology.match([*before, *term.split()], [*before, *form.split()])
        seen[kind] = seen.get(kind, 0) + 1
        right[kind] = right.get(kind, 0) + ((said is not None) == (truth == "1"))
    return [100 * right[k] / seen[k] if k in seen else 100 for k in ("form", "hard", "very-hard")]


@pytest.mark.skipif(not SHARED.exists(), reason="the development data lies beside the repository")
@pytest.mark.parametrize("name", FLOORS)
def test_floors_on_real_text(name):
    for share, floor in zip(shares(*name.split(".")), FLOORS[name], strict=True):
        assert share >= floor
