//! The words that notices of absence are made of, by language.

/// A language with what its notices say.
pub(super) struct Language {
    /// What says that something is not there.
    pub core: &'static [&'static str],
    /// The words beside it.
    pub around: &'static [&'static str],
}

/// Languages that put blanks between words.
#[rustfmt::skip]
pub(super) const SPACED: &[Language] = &[
    // Status codes, and English.
    Language {
        core: &[
            "404", "410", "can not be found", "can not find", "cannot be found", "cannot find",
            "cant be found", "cant find", "could not be found", "could not find",
            "couldnt be found", "couldnt find", "didnt find", "does not exist",
            "does not seem to exist", "doesnt exist", "doesnt seem to exist", "dont exist",
            "has been deleted", "has been removed", "have been removed", "is gone", "is missing",
            "is not here", "isnt available", "isnt here", "isnt there", "missing page",
            "no longer available", "no longer exists", "no longer here", "no such page",
            "not be found", "not found", "nothing here", "page doesnt", "page missing",
            "page unavailable", "was deleted", "was removed",
        ],
        around: &[
            "a", "access", "address", "again", "an", "and", "any", "anymore", "apologies",
            "apologize", "appears", "archived", "are", "article", "at", "broken", "but",
            "changed", "check", "code", "content", "do", "document", "entered", "error", "errors",
            "existing", "expired", "file", "for", "from", "hm", "hmm", "http", "https", "i", "im",
            "in", "it", "item", "its", "link", "location", "looking", "may", "maybe", "might",
            "mistyped", "moved", "of", "oh", "old", "on", "ooops", "oops", "ops", "or", "oups",
            "our", "pages", "perhaps", "photo", "please", "post", "product", "reach", "renamed",
            "request", "requested", "requesting", "resource", "seems", "server", "site",
            "somewhere", "sorry", "status", "story", "temporarily", "that", "the", "this",
            "tried", "try", "trying", "typed", "uh", "unfortunately", "url", "urls", "us",
            "video", "view", "visit", "want", "wanted", "we", "web", "website", "were", "weve",
            "whoops", "yikes", "you", "your", "youre", "youve",
        ],
    },
    // German.
    Language {
        core: &[
            "existieren nicht", "existiert leider nicht", "existiert nicht",
            "gibt es leider nicht", "gibt es nicht", "konnte nicht gefunden werden",
            "nicht auffindbar", "nicht finden", "nicht gefunden", "nicht gefunden werden",
            "nicht mehr online", "nicht mehr verfügbar", "nicht mehr vorhanden",
            "nicht verfügbar", "nicht vorhanden", "wurde entfernt", "wurde gelöscht",
        ],
        around: &[
            "adresse", "anfrage", "angeforderte", "angeforderten", "artikel", "auf",
            "aufgerufene", "beitrag", "das", "datei", "dem", "der", "die", "diese", "diesem",
            "dieser", "dieses", "dokument", "du", "eingegebene", "entschuldigung", "fehler",
            "gesuchte", "gesuchten", "gewünschte", "haben", "hier", "hoppla", "huch", "ihnen",
            "ihre", "inhalt", "ist", "kann", "konnten", "können", "leid", "link",
            "möglicherweise", "oder", "seite", "server", "sie", "sind", "suchen", "sucht", "tut",
            "und", "uns", "unserer", "unter", "ups", "url", "verschoben", "vielleicht", "von",
            "web", "website", "wir", "worden", "wurden",
        ],
    },
    // French.
    Language {
        core: &[
            "a été supprimé", "a été supprimée", "introuvable", "introuvables",
            "na pas pu être trouvée", "na pu être trouvée", "nest plus disponible", "nexiste pas",
            "nexiste plus", "nexistent pas", "non trouvé", "non trouvée", "pas trouver",
            "pas trouvée", "pas été trouvé", "pas été trouvée", "plus disponible",
        ],
        around: &[
            "adresse", "article", "avez", "ce", "ces", "cet", "cette", "cherchez", "contenu",
            "de", "demandé", "demandée", "dispo", "document", "du", "déplacé", "déplacée",
            "désolé", "désolée", "erreur", "est", "et", "fichier", "la", "le", "les", "lien",
            "malheureusement", "navons", "ne", "nous", "ou", "oups", "page", "peut", "que",
            "recherchez", "recherchée", "semble", "serveur", "site", "sur", "url", "votre",
            "vous", "web",
        ],
    },
    // Spanish.
    Language {
        core: &[
            "ha sido eliminada", "ha sido eliminado", "no encontrada", "no encontrado",
            "no encontramos", "no está disponible", "no existe", "no existe más",
            "no ha sido encontrada", "no hemos encontrado", "no se encontró", "no se encuentra",
            "no se ha encontrado", "no se pudo encontrar", "ya no está disponible",
            "ya no existe",
        ],
        around: &[
            "a", "acceder", "archivo", "artículo", "busca", "buscabas", "buscando", "buscas",
            "contenido", "de", "dirección", "documento", "el", "en", "enlace", "error", "esta",
            "este", "estás", "has", "intentas", "la", "las", "lo", "los", "movida", "noticia",
            "o", "pagina", "podemos", "puede", "página", "que", "sentimos", "servidor", "sitio",
            "solicitada", "solicitado", "su", "te", "tu", "ups", "url", "vaya", "web", "y",
        ],
    },
    // Portuguese.
    Language {
        core: &[
            "foi removida", "foi removido", "não encontrada", "não encontrado", "não encontramos",
            "não está disponível", "não está mais disponível", "não existe", "não existe mais",
            "não foi encontrada", "não foi encontrado", "não pôde ser encontrada",
        ],
        around: &[
            "a", "arquivo", "artigo", "as", "conteúdo", "da", "de", "desculpe", "do", "documento",
            "e", "em", "encontrar", "endereço", "erro", "esta", "este", "ficheiro", "lamentamos",
            "link", "movida", "neste", "notícia", "o", "ops", "os", "ou", "pode", "procura",
            "procurando", "procurava", "procurou", "página", "que", "servidor", "site",
            "solicitada", "url", "você",
        ],
    },
    // Italian.
    Language {
        core: &[
            "impossibile trovare", "non abbiamo trovato", "non esiste", "non esiste più",
            "non trovata", "non trovato", "non è disponibile", "non è più disponibile",
            "non è stata rimossa", "non è stata trovata", "non è stato trovato",
            "è stata rimossa", "è stato rimosso",
        ],
        around: &[
            "articolo", "cercando", "cercata", "cercate", "cercato", "cerchi", "che", "ci",
            "contenuto", "da", "di", "dispiace", "documento", "e", "errore", "file", "hai", "i",
            "il", "indirizzo", "la", "larticolo", "le", "lindirizzo", "link", "lo", "o", "ops",
            "pagina", "questa", "questo", "richiesta", "richiesto", "server", "siamo", "sito",
            "spiacenti", "spostata", "stai", "su", "sul", "url", "web",
        ],
    },
    // Dutch.
    Language {
        core: &[
            "bestaat helaas niet", "bestaat niet", "bestaat niet meer", "is niet gevonden",
            "is verwijderd", "niet beschikbaar", "niet gevonden", "niet meer beschikbaar",
            "niet vinden", "niet worden gevonden",
        ],
        around: &[
            "adres", "artikel", "bent", "bestand", "de", "deze", "die", "dit", "document", "en",
            "fout", "foutmelding", "gevraagde", "gezochte", "hebt", "het", "inhoud", "je", "kan",
            "kon", "konden", "naar", "oeps", "of", "op", "opgevraagde", "pagina", "server",
            "site", "sorry", "u", "url", "verplaatst", "we", "website", "werd", "wij", "zoekt",
        ],
    },
    // Russian.
    Language {
        core: &[
            "больше не существует", "была удалена", "не найден", "не найдена", "не найдено",
            "не найдены", "не обнаружена", "не существует", "не удалось найти",
            "не удаётся найти", "недоступна", "нет такой страницы", "такой страницы нет",
            "удалена",
        ],
        around: &[
            "http", "адрес", "адресу", "был", "вашему", "вы", "данная", "данному", "документ",
            "запись", "запрашиваемая", "запрашиваемой", "запрашиваемый", "запросу", "запрошенная",
            "и", "извините", "или", "ищете", "к", "которую", "материал", "мы", "на", "ой",
            "ошибка", "перемещена", "по", "простите", "сайте", "сервере", "сожалению", "статья",
            "страниц", "страница", "страницу", "такая", "указанная", "упс", "файл", "эта",
            "этому", "этот",
        ],
    },
    // Ukrainian.
    Language {
        core: &[
            "було видалено", "більше не існує", "видалена", "не вдалося знайти", "не знайдена",
            "не знайдений", "не знайдено", "не існує",
        ],
        around: &[
            "або", "адреса", "адресою", "ви", "вибачте", "документ", "жаль", "за", "запитану",
            "запитувана", "на", "ой", "переміщена", "помилка", "сайті", "сервері", "статтю",
            "стаття", "сторінка", "сторінки", "сторінку", "та", "такої", "файл", "цю", "ця",
            "цією", "шукаєте", "яку", "і",
        ],
    },
    // Belarusian and Bulgarian.
    Language {
        core: &[
            "не беше намерена", "не е намерен", "не е намерена", "не знойдзена", "не знойдзены",
            "не може да бъде намерена", "не съществува", "не існуе", "няма такава страница",
        ],
        around: &[
            "вече", "грешка", "за", "изтрита", "или", "която", "на", "памылка", "помилка",
            "преместена", "старонка", "старонку", "статията", "страницата", "съжаление",
            "съжаляваме", "сървър", "тази", "този", "търсената", "търсите",
        ],
    },
    // Polish.
    Language {
        core: &[
            "już nie istnieje", "nie istnieje", "nie mogliśmy znaleźć", "nie można znaleźć",
            "nie odnaleziono", "nie znaleziona", "nie znaleziono", "nie został znaleziony",
            "nie została znaleziona", "została usunięta",
        ],
        around: &[
            "adres", "adresie", "artykuł", "artykułu", "błąd", "dokument", "dokumentu", "i",
            "jaką", "która", "której", "lub", "na", "niestety", "o", "plik", "pliku", "podana",
            "podanej", "podanym", "przeniesiona", "przepraszamy", "serwerze", "strona", "strony",
            "stronę", "szukana", "szukanej", "szukasz", "ta", "tej", "ten", "tym", "ups",
            "wybrana", "żądana", "żądanej",
        ],
    },
    // Czech and Slovak.
    Language {
        core: &[
            "již neexistuje", "nebola nájdená", "nebolo možné nájsť", "nebyl nalezen",
            "nebyla nalezena", "neexistuje", "nenalezen", "nenalezena", "nenalezeno", "nenalezli",
            "nenašla", "nenašli", "nenájdená", "nepodařilo se najít", "sa nenašla",
        ],
        around: &[
            "a", "adresa", "alebo", "bohužel", "bohužiaľ", "bola", "byla", "chyba", "dokument",
            "hledanou", "hledaná", "hledáte", "hľadaná", "hľadáte", "je", "jejda", "jsme",
            "kterou", "ktorú", "líto", "na", "nebo", "nám", "omlouváme", "ospravedlňujeme",
            "požadovanou", "požadovaná", "serveri", "serveru", "sme", "soubor", "stránka",
            "stránku", "stránky", "súbor", "tato", "tuto", "táto", "túto", "ups", "už", "zadaná",
            "článek", "článok",
        ],
    },
    // Swedish, Danish and Norwegian.
    Language {
        core: &[
            "ble ikke funnet", "blev ikke fundet", "fant ikke", "findes desværre ikke",
            "findes ikke", "findes ikke længere", "finnes dessverre ikke", "finnes ikke",
            "finnes ikke lenger", "finns inte", "finns inte längre", "finns tyvärr inte",
            "finst ikkje", "hittades ej", "hittades inte", "ikke finde", "ikke finne",
            "ikke fundet", "ikke funnet", "inte hitta", "kan inte hittas", "kunde inte hittas",
            "kunne ikke findes", "vart ikkje funnen",
        ],
        around: &[
            "adressen", "artikel", "artikeln", "artikkelen", "artiklen", "begärda", "beklager",
            "blitt", "blivit", "bort", "borttagen", "den", "denna", "denne", "det", "detta",
            "dette", "dokumentet", "du", "efter", "eller", "er", "etter", "feil", "fejl", "fel",
            "filen", "flyttad", "flyttet", "forespurte", "har", "hoppsan", "innehållet", "ledte",
            "letar", "leter", "och", "og", "oj", "oops", "på", "serveren", "servern", "sida",
            "sidan", "side", "siden", "slettet", "som", "söker", "søkte", "tagits", "ups",
            "ursäkta", "vi", "är", "ønskede",
        ],
    },
    // Finnish and Estonian.
    Language {
        core: &[
            "ei eksisteeri", "ei leidnud", "ei leitud", "ei löydetty", "ei löydy", "ei löytynyt",
            "ei löytynytkään", "ei ole enää olemassa", "ei ole olemassa", "on poistettu",
        ],
        around: &[
            "artikkelia", "artiklit", "etsimääsi", "hakemaasi", "hups", "kahjuks", "lehekülg",
            "lehekülge", "leht", "lehte", "osoitteesta", "otsitavat", "otsitud", "pahoittelut",
            "palvelimelta", "pyydettyä", "siirretty", "sisältöä", "sivu", "sivua", "sivustoa",
            "soovitud", "tai", "tiedostoa", "valitettavasti", "viga", "virhe", "virhekoodi",
        ],
    },
    // Turkish and Azerbaijani.
    Language {
        core: &[
            "artık mevcut değil", "bulamadık", "bulunamadı", "bulunamamıştır", "bulunmuyor",
            "mevcut değil", "mevcut değildir", "mövcud deyil", "tapılmadı",
        ],
        around: &[
            "adres", "aradığınız", "axtardığınız", "belge", "bu", "dosya", "ettiğiniz", "haber",
            "hata", "istediğiniz", "içerik", "kaldırılmış", "ki", "kodu", "maalesef", "ne",
            "olabilir", "sayfa", "sayfası", "sayfayı", "silinmiş", "səhifə", "talep", "taşınmış",
            "ve", "veya", "xəta", "yazık", "üzgünüm", "üzgünüz",
        ],
    },
    // Hungarian.
    Language {
        core: &[
            "már nem létezik", "nem elérhető", "nem létezik", "nem található", "nem találjuk",
            "nem talált", "nem találtuk",
        ],
        around: &[
            "a", "az", "cikk", "címen", "dokumentum", "elnézést", "ez", "ezt", "fájl", "hiba",
            "hibakód", "hoppá", "keresett", "kért", "lap", "megadott", "oldal", "oldalt",
            "sajnos", "sajnáljuk", "szerveren", "vagy", "által", "ön",
        ],
    },
    // Romanian.
    Language {
        core: &[
            "negăsită", "nu a fost gasita", "nu a fost găsit", "nu a fost găsită",
            "nu a putut fi găsită", "nu am găsit", "nu este disponibilă", "nu exista",
            "nu există", "nu mai există", "nu poate fi găsită",
        ],
        around: &[
            "această", "acest", "adresa", "ai", "articolul", "care", "cauți", "cerut", "căutata",
            "căutată", "căutați", "documentul", "eroare", "fișierul", "mutată", "ne", "o",
            "pagina", "pagină", "pare", "pe", "rău", "sau", "server", "solicitată", "ups", "și",
            "ștearsă",
        ],
    },
    // Greek.
    Language {
        core: &[
            "δεν ήταν δυνατό να βρεθεί", "δεν βρέθηκε", "δεν βρεθηκε", "δεν είναι διαθέσιμη",
            "δεν μπορεί να βρεθεί", "δεν υπάρχει", "δεν υπάρχει πια",
        ],
        around: &[
            "άρθρο", "έγγραφο", "ή", "αναζητάτε", "αναζητήσατε", "αρχείο", "αυτή", "αυτό",
            "διακομιστή", "δυστυχώς", "ζητήσατε", "η", "και", "λάθος", "λυπούμαστε", "ουπς",
            "που", "σελίδα", "σελίδας", "στον", "συγγνώμη", "σφάλμα", "το", "ψάχνετε",
        ],
    },
    // Serbian, Croatian, Bosnian and Slovene.
    Language {
        core: &[
            "ne obstaja", "ne postoji", "ni bila najdena", "ni mogoče najti", "ni najdena",
            "nije nađena", "nije pronađen", "nije pronađena", "nije pronađeno", "više ne postoji",
            "не е пронајдена", "не постоји", "није нађена", "није пронађен", "није пронађена",
        ],
        around: &[
            "adresa", "datoteka", "dokument", "greška", "grešku", "i", "ili", "iskana", "iščete",
            "je", "jo", "ki", "koju", "na", "nam", "napaka", "nažalost", "ova", "ovaj", "serveru",
            "stran", "strana", "stranica", "stranicu", "ta", "tražena", "traženu", "tražite",
            "ups", "zahtevana", "zahtijevana", "članak", "članka", "žal", "žao", "више", "грешка",
            "коју", "нажалост", "ова", "страна", "страница", "тражена", "тражите", "чланак",
        ],
    },
    // Lithuanian and Latvian.
    Language {
        core: &[
            "lapa nav atrasta", "nav atrasta", "nav atrasts", "neegzistuoja", "neeksistē",
            "nepavyko rasti", "nerasta", "nerastas", "netika atrasta",
        ],
        around: &[
            "arba", "atsiprašome", "atvainojiet", "deja", "diemžēl", "ieškomas", "ieškote", "ir",
            "jau", "klaida", "kurio", "kuru", "kļūda", "meklējat", "meklētā", "pieprasītā",
            "puslapio", "puslapis", "raksts", "straipsnis", "un", "vai", "vairs", "šis", "šī",
        ],
    },
    // Catalan, Galician and Basque.
    Language {
        core: &[
            "ez da aurkitu", "ez da aurkitzen", "ez da existitzen", "no existeix",
            "no sha trobat", "no trobada", "no trobat", "non atopada", "non existe",
            "non se atopou",
        ],
        around: &[
            "a", "aquest", "aquesta", "bilatzen", "busques", "cerques", "dugu", "duzun", "el",
            "error", "errorea", "hau", "ho", "i", "ja", "la", "o", "orria", "pàgina", "páxina",
            "que", "sentim", "sentitzen",
        ],
    },
    // Indonesian and Malay.
    Language {
        core: &[
            "tidak ada", "tidak bisa ditemukan", "tidak dapat ditemukan", "tidak dijumpai",
            "tidak ditemukan", "tidak tersedia", "tidak wujud",
        ],
        around: &[
            "anda", "artikel", "atau", "berita", "berkas", "cari", "dan", "di", "dihapus",
            "diminta", "dipindahkan", "dokumen", "galat", "halaman", "ini", "kami", "kamu",
            "kesalahan", "laman", "maaf", "oops", "ralat", "server", "sudah", "telah", "yang",
        ],
    },
    // Vietnamese.
    Language {
        core: &[
            "không còn tồn tại", "không có sẵn", "không tìm thấy", "không tồn tại",
        ],
        around: &[
            "bài", "bạn", "bị", "chỉ", "các", "cầu", "dung", "hoặc", "kiếm", "liệu", "lỗi", "này",
            "nội", "rất", "tiếc", "trang", "tài", "viết", "và", "web", "xin", "xóa", "yêu",
            "đang", "đã", "được", "địa",
        ],
    },
    // Arabic.
    Language {
        core: &[
            "غير متاحة", "غير متوفرة", "غير موجود", "غير موجودة", "لا توجد", "لا يمكن العثور على",
            "لم يتم العثور على", "لم يتم العثور عليها",
        ],
        around: &[
            "آسف", "أو", "التي", "الخادم", "الرابط", "الصفحة", "المحتوى", "المطلوب", "المطلوبة",
            "المقال", "الملف", "تبحث", "خطأ", "صفحة", "طلبتها", "عذرا", "عذراً", "عنها", "نأسف",
            "هذا", "هذه", "و",
        ],
    },
    // Persian and Urdu.
    Language {
        core: &[
            "موجود نہیں", "موجود نیست", "نہیں ملا", "نہیں ملی", "وجود ندارد", "پیدا نشد",
            "یافت نشد", "یافت نمی شود",
        ],
        around: &[
            "آن", "آپ", "این", "به", "خطا", "خطای", "در", "درخواستی", "دنبال", "سرور", "شما",
            "صفحه", "صفحهٔ", "صفحہ", "متأسفانه", "متاسفانه", "مطلب", "مطلوبہ", "معذرت", "مورد",
            "نظر", "هستید", "و", "که", "ہے", "یا", "یہ",
        ],
    },
    // Hebrew.
    Language {
        core: &[
            "אינו זמין", "אינו קיים", "לא נמצא", "לא נמצאה", "לא נמצאו", "לא קיים", "לא קיימת",
        ],
        around: &[
            "או", "אופס", "אנו", "בשרת", "דף", "הדף", "הכתבה", "המאמר", "המבוקש", "העמוד",
            "הקובץ", "זה", "מצטערים", "עמוד", "שגיאה", "שגיאת", "שחיפשת", "שחיפשתם",
        ],
    },
    // Hindi and Bengali.
    Language {
        core: &[
            "उपलब्ध नहीं है", "नहीं मिला", "नहीं मिली", "पाया नहीं गया", "मौजूद नहीं है",
            "খুঁজে পাওয়া যায়নি", "পাওয়া যায়নি",
        ],
        around: &[
            "अनुरोधित", "आप", "करें", "को", "क्षमा", "खोज", "जिस", "जो", "त्रुटि", "पृष्ठ", "पेज",
            "यह", "रहे", "लेख", "वह", "हैं", "আপনার", "এই", "ত্রুটি", "দুঃখিত", "পাতা", "পাতাটি",
            "পৃষ্ঠা", "পৃষ্ঠাটি",
        ],
    },
    // Korean.
    Language {
        core: &[
            "삭제되었습니다", "없는 페이지입니다", "존재하지 않는", "존재하지 않습니다", "찾을 수 없는 페이지", "찾을 수 없습니다", "찾을 수 없음",
        ],
        around: &[
            "게시물을", "게시물이", "기사", "기사가", "기사를", "또는", "문서를", "변경되었거나", "삭제되었거나", "삭제된", "에러",
            "오류", "요청하신", "요청한", "이", "죄송합니다", "주소가", "찾으시는", "페이지가", "페이지는", "페이지를", "해당",
        ],
    },
];

/// Languages that do not.
#[rustfmt::skip]
pub(super) const UNSPACED: &[Language] = &[
    // Japanese.
    Language {
        core: &[
            "ありません", "ありませんでした", "削除されています", "削除されました", "存在しない", "存在しません", "見つからない", "見つかりません",
            "見つかりませんでした", "見当たりません",
        ],
        around: &[
            "404", "error", "notfound", "url", "お探し", "か", "が", "この", "ご指定", "ご覧", "された",
            "した", "しようとした", "すでに", "すみません", "その", "です", "に", "になりたい", "の", "は", "または", "もしくは",
            "を", "アクセス", "アドレス", "エラー", "コンテンツ", "ファイル", "ページ", "リクエストされた", "削除", "削除された",
            "可能性があります", "指定された", "指定した", "既に", "現在", "申し訳ありません", "申し訳ございません", "移動", "移動した",
            "要求された", "記事",
        ],
    },
    // Chinese.
    Language {
        core: &[
            "不存在", "不見了", "不见了", "已删除", "已刪除", "已被删除", "已被刪除", "找不到", "无法找到", "未找到", "查無此頁",
            "沒有找到", "没有找到", "無法找到", "走丢了",
        ],
        around: &[
            "404", "error", "notfound", "url", "上", "了", "伺服器", "你", "內容", "内容", "可能", "哎呀", "哦",
            "啦", "在", "对不起", "寻找", "尋找", "對不起", "已", "已經", "已经", "很抱歉", "您", "想", "我们", "我們", "或",
            "或者", "所", "找", "抱歉", "文件", "文章", "服务器", "查找", "查询", "此", "浏览", "瀏覽", "的", "看", "移动",
            "移動", "網址", "網頁", "网址", "网页", "被", "要", "訪問", "該", "請求", "访问", "该", "请求", "这个", "這個",
            "錯誤", "错误", "頁", "頁面", "页", "页面",
        ],
    },
    // Thai.
    Language {
        core: &[
            "ไม่พบ", "ไม่พบหน้า", "ไม่มีหน้านี้", "ไม่มีอยู่", "ไม่สามารถพบ",
        ],
        around: &[
            "404", "error", "กำลัง", "ขออภัย", "ข้อผิดพลาด", "คุณ", "ค้นหา", "ต้องการ", "ที่",
            "นี้", "บทความ", "ร้องขอ", "หน้า", "หน้าเว็บ", "หรือ", "เนื้อหา", "เพจ", "เว็บ",
            "ไฟล์",
        ],
    },
];
