"""Numbers, dates, times, prices, units, abbreviations, handles and addresses, as they are said in each language."""

from __future__ import annotations

import pytest

from reelwright.generation.reading.english_text import spell_english
from reelwright.generation.reading.number_words import say_number, say_year
from reelwright.generation.reading.read_aloud import read_aloud
from reelwright.generation.reading.vocabulary import LANGUAGES, load_vocabulary

SAID = {
    "es": [
        ("Abrimos a las 9:30 y a la 1:00.", "Abrimos a las nueve y treinta y a la una"),
        ("El 12/05/2024 vendimos 1.250 cafés por 4,50 € cada uno.",
         "El doce de mayo de dos mil veinticuatro vendimos mil doscientos cincuenta cafés por cuatro euros con cincuenta cada uno"),
        ("Solo 21 km, 1 hora, 20 °C y un 50 % menos.", "Solo veintiún kilómetros una hora veinte grados y un cincuenta por ciento menos"),
        ("La Sra. López, p. ej., vive en el 2º piso.", "La señora López por ejemplo vive en el segundo piso"),
        ("Síguenos en @cafe_luna y cafeluna.com #CaféLuna", "Síguenos en arroba cafe luna y cafeluna punto com hashtag Café Luna"),
        ("5–7 días, 3x más, -5°, 2,5 litros, 1/2 kilo.", "cinco a siete días tres veces más menos cinco grados dos coma cinco litros medio kilo"),
        ("Somos 201 personas y 1 mesa; 24/7.", "Somos doscientas una personas y una mesa veinticuatro siete"),
        ("1 café 🎉 — 100%", "un café cien por ciento"),
    ],
    "fr": [
        ("On ouvre à 9h30, fermé à 21h.", "On ouvre à neuf heures trente fermé à vingt et une heures"),
        ("Le 1/05/2024, 1 250 clients ont payé 4,50 €.", "Le premier mai deux mille vingt-quatre mille deux cent cinquante clients ont payé quatre euros cinquante"),
        ("Il fait 20 °C, 71 km, 80 % et 99 %.", "Il fait vingt degrés soixante et onze kilomètres quatre-vingts pour cent et quatre-vingt-dix-neuf pour cent"),
        ("M. Dupont habite au 2e étage, 1er arrondissement.", "monsieur Dupont habite au deuxième étage premier arrondissement"),
        ("Suivez @petit_cafe sur petitcafe.fr", "Suivez arobase petit cafe sur petitcafe point fr"),
        ("En 1998, l'été & 2,5 kg", "En mille neuf cent quatre-vingt-dix-huit l'été et deux virgule cinq kilos"),
        ("la 21e fois, la 9e", "la vingt et unième fois la neuvième"),
    ],
    "it": [
        ("Apriamo alle 9:30.", "Apriamo alle nove e trenta"),
        ("Il 1/05/2024 abbiamo venduto 1.250 caffè a 4,50 €.",
         "Il primo maggio duemilaventiquattro abbiamo venduto milleduecentocinquanta caffè a quattro euro e cinquanta"),
        ("Solo 21 km, 20 °C e il 50% in meno.", "Solo ventuno chilometri venti gradi e il cinquanta per cento in meno"),
        ("Il Dott. Rossi, 2º piano, 23 giorni, 28 euro", "Il dottor Rossi secondo piano ventitré giorni ventotto euro"),
        ("Seguici su @bottega e bottega.it", "Seguici su chiocciola bottega e bottega punto it"),
    ],
    "pt": [
        ("Abrimos às 9h30, fechamos às 21h.", "Abrimos às nove e trinta fechamos às vinte e uma horas"),
        ("Em 12/05/2024 vendemos 1.250 cafés por R$ 4,50.",
         "Em doze de maio de dois mil e vinte e quatro vendemos mil duzentos e cinquenta cafés por quatro reais e cinquenta"),
        ("São 21 km, 2 horas, 20 °C e 50% menos.", "São vinte e um quilômetros duas horas vinte graus e cinquenta por cento menos"),
        ("A Sra. Silva mora no 2º andar, 2 mesas", "A senhora Silva mora no segundo andar duas mesas"),
        ("Siga @padaria_sol em padariasol.com.br", "Siga arroba padaria sol em padariasol ponto com ponto br"),
    ],
    "de": [
        ("Wir öffnen um 9:30 Uhr.", "Wir öffnen um neun Uhr dreißig"),
        ("Am 12.05.2024 haben wir 1.250 Tassen für 4,50 € verkauft.",
         "Am zwölften Mai zweitausendvierundzwanzig haben wir eintausendzweihundertfünfzig Tassen für vier Euro fünfzig verkauft"),
        ("Nur 21 km, 1 Stunde, 20 °C und 50 % weniger.", "Nur einundzwanzig Kilometer eine Stunde zwanzig Grad und fünfzig Prozent weniger"),
        ("Dr. Müller wohnt z. B. im 2. Stock, seit 1998.", "Doktor Müller wohnt zum Beispiel im zweiten Stock seit neunzehnhundertachtundneunzig"),
        ("Am 3. Mai, der 1. Platz, 101 Tage", "Am dritten Mai der erste Platz einhunderteins Tage"),
        ("Folge @cafe_luna auf cafe-luna.de", "Folge ät cafe luna auf cafe Bindestrich luna Punkt de"),
        ("1 Kaffee, 2,5 Liter, 3x täglich, 5–7 Tage", "ein Kaffee zwei Komma fünf Liter drei mal täglich fünf bis sieben Tage"),
        ("Es waren 12.", "Es waren zwölf"),
    ],
    "hi": [
        ("हम सुबह 9:30 बजे खोलते हैं।", "हम सुबह नौ तीस बजे खोलते हैं"),
        ("१२ मई को 1,250 कप ₹50 में बिके।", "बारह मई को एक हज़ार दो सौ पचास कप पचास रुपये में बिके"),
        ("केवल 21 km, 20 °C और 50% कम।", "केवल इक्कीस किलोमीटर बीस डिग्री और पचास प्रतिशत कम"),
        ("2.5 लीटर, 1,25,000 लोग", "दो दशमलव पाँच लीटर एक लाख पच्चीस हज़ार लोग"),
        ("@cafe_luna पर आइए", "ऐट cafe luna पर आइए"),
    ],
    "ja": [
        ("9:30に", "9時30分に"), ("2024/5/12に", "2024年5月12日に"), ("¥1,250の", "1250円の"), ("20°Cで", "20度で"), ("5〜7日", "5から7日"),
        ("@cafeで", "アットcafeで"), ("cafe.jp", "cafeドットjp"), ("50%オフ🎉", "50パーセントオフ"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("language", "written", "said"), [(language, *pair) for language, pairs in SAID.items() for pair in pairs])
def test_a_script_is_read_as_people_say_it(language: str, written: str, said: str) -> None:
    assert " ".join(" ".join(read_aloud(written.split(), language)).split()) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Follow @joe_smith at www.cafe-luna.com/menu", "Follow at joe smith at cafe dash luna dot com slash menu"),
        ("Write to hello@cafe.com", "Write to hello at cafe dot com"),
        ("Open 24/7, from 10am, 16:9", "Open twenty four seven, from 10 AM, 16 by 9"),
        ("e.g. 100 g, 0.5 l and 3x more", "for example 100 grams, 0.5 liters and 3 times more"),
        ("It ends here. Then it goes on.", "It ends here. Then it goes on."),
        ("At 7:30 it is 5 km", "At 7:30 it is 5 km"),
    ],
)
def test_english_signs_that_the_dictionary_leaves_are_words(written: str, said: str) -> None:
    assert spell_english(written) == said


@pytest.mark.parametrize("language", [*SAID, "nl"])
def test_every_word_of_the_script_has_its_own_entry(language: str) -> None:
    sentence = "Hola, «1.250» a 4,50 € — @uno! 🎉 (20 °C) z. B. 12/05/2024. … 9:30 Uhr + 3 % 1 250 …"
    script = sentence.split()
    assert len(read_aloud(script, language)) == len(script)


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_number_up_to_a_billion_has_words_without_digits_and_no_two_small_ones_the_same(language: str) -> None:
    small = [say_number(number, language) for number in range(1100)]
    assert len(set(small)) == len(small)
    large = [say_number(number, language) for number in range(1000, 999_999_999, 8_675_309)]
    assert not any(sign.isdigit() for text in (*small, *large) for sign in text)
    assert all(text == " ".join(text.split()) for text in (*small, *large))


def test_numbers_follow_each_languages_own_rules() -> None:
    assert [say_number(number, "es") for number in (16, 22, 31, 100, 101, 500, 1000, 2_000_001)] == [
        "dieciséis", "veintidós", "treinta y uno", "cien", "ciento uno", "quinientos", "mil", "dos millones uno",
    ]  # fmt: skip
    assert [say_number(number, "fr") for number in (71, 80, 81, 91, 200, 201, 80_000)] == [
        "soixante et onze", "quatre-vingts", "quatre-vingt-un", "quatre-vingt-onze", "deux cents", "deux cent un", "quatre-vingt mille",
    ]  # fmt: skip
    assert [say_number(number, "it") for number in (21, 28, 33, 101, 2000)] == ["ventuno", "ventotto", "trentatré", "centouno", "duemila"]
    assert [say_number(number, "pt") for number in (100, 123, 1100, 1015)] == ["cem", "cento e vinte e três", "mil e cem", "mil e quinze"]
    assert [say_number(number, "de") for number in (1, 21, 100, 1001, 1_000_000)] == ["eins", "einundzwanzig", "einhundert", "eintausendeins", "eine Million"]
    assert [say_year(year, "de") for year in (1900, 1984, 2008)] == ["neunzehnhundert", "neunzehnhundertvierundachtzig", "zweitausendacht"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_twelve_months_and_the_same_signs(language: str) -> None:
    words = load_vocabulary(language)
    assert len(words.months) == 12
    assert {"km", "m", "kg", "°C", "min", "h"} <= set(words.units)
    assert {"€", "$", "£"} <= set(words.currencies)
