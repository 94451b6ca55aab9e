// SPDX-License-Identifier: GPL-3.0-or-later
// Prompts of the synthetic sample workload, written for this project: no person, firm or document in them is real.
#include "core/project/sample_prompts.h"

#include <array>
#include <utility>
#include <vector>

namespace tierwise::project {
namespace {

constexpr SamplePrompt kPrompts[] = {
    // Customer support: short, mostly easy, often with (masked) personal data.
    {"support", 0.08, 90, 300, "", "Where is order {order}? The tracking page has said \"label created\" since {day}."},
    {"support", 0.10, 80, 250, "", "How do I change the delivery address for my {product}? It ships {day}."},
    {"support", 0.12, 110, 400, "pii",
     "Customer {name} ([EMAIL_1]) asks whether the {product} can be returned after {n} days. Draft a friendly reply "
     "that quotes our 30-day rule."},
    {"support", 0.15, 120, 350, "pii",
     "Please tell [EMAIL_1] that the refund of {amount} EUR for order {order} goes to the account ending in {n}{n} "
     "within five working days."},
    {"support", 0.22, 160, 600, "",
     "The {product} shows error E{n} after the firmware update. Give the customer the three most likely fixes, easiest "
     "first."},
    {"support", 0.28, 180, 900, "",
     "Classify this ticket as billing, delivery, defect, account or other, and say how urgent it is from 1 to 5: \"I "
     "was charged twice for order {order} and nobody answers. I want my {amount} EUR back today or I go to my bank.\""},
    {"support", 0.35, 260, 1500, "pii",
     "Summarise the conversation with {name} ([PHONE_1]) so that the night shift can take over. What was promised, by "
     "whom, and until when?"},
    {"support", 0.42, 300, 2200, "",
     "A reseller in {city} wants {n} units of the {product} at the old price because the quote was sent before the "
     "price change. "
     "Our terms say quotes are valid for 14 days; the quote is {n} days old. Write a reply that keeps the customer and "
     "does not set a precedent."},
    {"support", 0.10, 90, 300, "",
     "Meine Lieferung {order} sollte {day} ankommen. Wo ist sie jetzt und wie kann ich den Abholort ändern?"},
    {"support", 0.18, 120, 350, "pii",
     "Antworte {name} ([EMAIL_1]): Der {product} wird kostenlos ersetzt, das defekte Gerät braucht er nicht "
     "zurückzuschicken. Höflich, höchstens 80 Wörter."},
    {"support", 0.14, 100, 300, "",
     "Bonjour, mon {product} ne s'allume plus depuis {day}. Que dois-je vérifier avant de le renvoyer ?"},
    {"support", 0.16, 110, 320, "",
     "¿Puedo combinar el cupón de {n} % con la oferta de {product}? El sistema me da un error al pagar."},
    // Code.
    {"code", 0.18, 160, 800, "",
     "Write a regular expression that matches our order numbers ({order}) and nothing else, with three tests."},
    {"code", 0.22, 220, 1200, "",
     "Add a --dry-run flag to the {lang} script that renames files by date. It must print what it would do and change "
     "nothing."},
    {"code", 0.30, 350, 2500, "",
     "This {lang} function should return the {n} most frequent words, but ties come out in random order. Make the "
     "order stable and explain the change in one sentence."},
    {"code", 0.38, 420, 3500, "",
     "Write unit tests for the date parser of the billing module. Cover leap years, missing seconds, offsets and the "
     "last day of {month}."},
    {"code", 0.45, 500, 6000, "",
     "Our {lang} service leaks about {n} MB an hour under load. The heap profile is attached. Which allocation grows, "
     "why, and what is the smallest fix?"},
    {"code", 0.55, 700, 9000, "",
     "Refactor the payment adapter so that a new provider needs one new file only. Keep the public interface; list "
     "every behaviour that could change."},
    {"code", 0.62, 900, 12000, "",
     "Two workers sometimes book the same stock item. Find the race in the attached {lang} code, prove it with an "
     "interleaving, and mend it without a global lock."},
    {"code", 0.72, 1200, 18000, "",
     "Design the migration of the orders table ({n} million rows) to the new partitioning without downtime. Give each "
     "step, how to verify it and how to go back."},
    {"code", 0.82, 1500, 22000, "",
     "Implement a lock-free single-producer single-consumer ring buffer in C++20 with correct memory orders, and argue "
     "why each order is strong enough and none is stronger than needed."},
    {"code", 0.90, 1800, 26000, "",
     "Our consensus log loses an acknowledged write when the leader is partitioned during a membership change. Here is "
     "the trace of {n} messages. Find the violated invariant and the step of the protocol that should have kept it."},
    {"code", 0.33, 260, 1800, "secret",
     "The deployment fails with \"401 Unauthorized\". The config has token=[SECRET_1] and region {city}. What is "
     "wrong, and how do we keep the token out of the logs?"},
    {"code", 0.25, 180, 1500, "",
     "Explain this stack trace to a junior colleague: NullPointerException in CartService line {n}, called from the "
     "checkout of {product}."},
    {"code", 0.28, 300, 2000, "",
     "Schreibe eine SQL-Abfrage: Umsatz je Monat und Filiale, nur Kunden mit mehr als {n} Bestellungen, fehlende "
     "Monate als 0."},
    // Law and contracts.
    {"law", 0.40, 350, 14000, "",
     "List every date and deadline in the attached supply agreement with {firm} as a table: clause, date, who must "
     "act."},
    {"law", 0.55, 500, 24000, "",
     "Compare the limitation of liability in these two drafts of the agreement with {firm}. Which is better for us as "
     "the buyer, and what is missing in both?"},
    {"law", 0.68, 800, 38000, "",
     "{firm} wants to end the framework contract for convenience after {n} months. Which clauses let them, what do "
     "they owe us, and where is the text ambiguous? Quote the clause for each point."},
    {"law", 0.80, 1100, 60000, "",
     "Our processor in {city} uses a sub-processor outside the EU. Check the attached data processing agreement "
     "against Articles 28 and 44 to 49 GDPR and name each gap with the clause that would close it."},
    {"law", 0.90, 1500, 95000, "",
     "Give an opinion on whether the earn-out in the share purchase agreement is due: revenue target missed by {n} %, "
     "but the buyer closed the {city} branch in {month}. Argue both sides under the implied duty of good faith, then "
     "decide."},
    {"law", 0.30, 220, 3000, "pii",
     "Fill our NDA template for {name}, [EMAIL_1], who will test the {product} for {n} weeks. Mark every field that "
     "you could not fill."},
    {"law", 0.60, 650, 16000, "",
     "Prüfe die Widerrufsbelehrung im Anhang auf Fehler, die die Frist verlängern könnten, und schlage eine "
     "berichtigte Fassung vor."},
    // Finance.
    {"finance", 0.25, 180, 2000, "",
     "Book these {n} receipts to our chart of accounts. Answer with account, amount and tax rate only."},
    {"finance", 0.38, 320, 5000, "",
     "Why is the gross margin of {product} down {n} points against {month}? The price, volume and cost columns are "
     "attached; split the change into the three effects."},
    {"finance", 0.52, 520, 9000, "",
     "Build a 13-week cash forecast from the attached open items. State each assumption and mark the week in which the "
     "credit line of {amount} thousand EUR would be exceeded."},
    {"finance", 0.66, 800, 16000, "",
     "Reconcile the bank statement of {month} with the ledger: {n} lines do not match. Find the pairs that net to zero "
     "across days, and list what is left with the likely cause."},
    {"finance", 0.78, 1000, 30000, "",
     "Value {firm} by discounted cash flow from the attached five-year plan. Use a WACC of {n} %, test growth from 0 "
     "to 3 %, and say which single assumption moves the value most and why."},
    {"finance", 0.86, 1300, 45000, "",
     "We hedge {amount} thousand USD of purchases with forwards and a collar. Check hedge effectiveness under IFRS 9 "
     "for the attached dates and tell us which designation would have failed in {month}."},
    {"finance", 0.32, 240, 1500, "pii",
     "Check whether the IBAN [IBAN_1] on invoice {order} matches the one in the master data of {firm}, and write a "
     "call-back note for accounting if it does not."},
    {"finance", 0.45, 380, 6000, "",
     "Explique l'écart entre le budget et le réel du mois de {month} pour l'agence de {city}, en cinq phrases pour la "
     "direction."},
    // Science and reasoning.
    {"science", 0.45, 400, 1200, "",
     "A battery of {n} Ah feeds a load that draws 2 A for 15 minutes of each hour and 0.1 A otherwise. How long does "
     "it last if 20 % must stay in it? Show the steps."},
    {"science", 0.58, 600, 3000, "",
     "In our A/B test {n} of 1,200 visitors bought with the new page and 88 of 1,180 with the old one. Is the "
     "difference real? Say which test you use, check its conditions, and give a 95 % interval."},
    {"science", 0.70, 900, 5000, "",
     "The insulation of the {product} fails after thermal cycling. Derive the stress at the interface from the two "
     "expansion coefficients and say which layer cracks first."},
    {"science", 0.82, 1300, 8000, "",
     "Prove or refute: for every schedule of {n} jobs on two machines, swapping two neighbours that are out of "
     "Johnson's order never makes the makespan longer."},
    {"science", 0.92, 1900, 9000, "",
     "Derive the posterior of a change point in Poisson counts with unknown rates before and after, conjugate priors, "
     "and {n} daily observations; give the marginal likelihood in closed form and check it for the case of no change."},
    {"science", 0.88, 1600, 12000, "",
     "Propose a mechanism for the side product in the attached chromatogram of the {product} adhesive. Explain each "
     "step, its reversibility, and one experiment that would rule your mechanism out."},
    {"science", 0.36, 250, 600, "",
     "Why does the sea at {city} look green on some days and blue on others? Explain for a curious adult, without "
     "formulas."},
    // Summaries: easy work, long inputs.
    {"summary", 0.15, 150, 2500, "", "Summarise this article about {topic} in three bullet points for a busy reader."},
    {"summary", 0.22, 220, 9000, "",
     "Meeting notes of {day}: give decisions, owners and dates. Leave out the small talk about {city}."},
    {"summary", 0.30, 350, 28000, "",
     "Summarise the attached {n}-page market report on {topic} for the board: one paragraph, then five figures that "
     "matter with their page."},
    {"summary", 0.44, 600, 85000, "",
     "Read the attached year of incident reports and name the three root causes behind most of them, with the incident "
     "numbers."},
    {"summary", 0.50, 800, 215000, "",
     "All {n} interviews on {topic} are attached. Write a summary by theme; quote at most one sentence per interview "
     "and name its number."},
    {"summary", 0.20, 180, 4000, "", "Fasse den Bericht zu {topic} in fünf Sätzen zusammen, ohne Fachwörter."},
    {"summary", 0.20, 180, 4000, "", "Resume este informe sobre {topic} en cinco frases para el comité de {city}."},
    // Extraction: structured output.
    {"extraction", 0.10, 60, 700, "",
     "Extract order number, product and amount as JSON: \"Hi, I paid {amount} EUR for the {product}, order {order}, "
     "but got the wrong colour.\""},
    {"extraction", 0.16, 120, 1200, "pii",
     "Return name, e-mail and phone from this signature as JSON, null where missing: {name}, {firm}, {city}, "
     "[EMAIL_1], [PHONE_1]"},
    {"extraction", 0.24, 250, 3500, "",
     "Turn the attached delivery note into CSV with the columns sku, quantity, batch, expiry. There are {n} lines; "
     "keep their order."},
    {"extraction", 0.34, 400, 11000, "",
     "From the attached tender find: deadline, award criteria with weights, required certificates, contact. Say \"not "
     "stated\" where it is not there."},
    {"extraction", 0.48, 700, 32000, "",
     "Extract every obligation of {firm} from the attached contract as JSON (clause, verb, object, deadline, "
     "condition). Split sentences with two obligations."},
    {"extraction", 0.12, 50, 500, "",
     "Is this review about delivery, quality or price? One word. \"The {product} is lovely but came {n} days late.\""},
    // Translation.
    {"translation", 0.10, 70, 100, "",
     "Translate into German, formal: \"Your {product} has been repaired and will leave our workshop {day}.\""},
    {"translation", 0.12, 80, 100, "",
     "Translate into French: \"Please keep the invoice; the warranty of {n} months starts on the day of delivery.\""},
    {"translation", 0.14, 90, 150, "",
     "Traduce al inglés: \"El plazo de entrega en {city} es de {n} días laborables salvo en {month}.\""},
    {"translation", 0.20, 300, 900, "",
     "Translate the product page of the {product} into Italian. Keep the HTML tags and do not translate the brand "
     "names."},
    {"translation", 0.46, 500, 2500, "",
     "Translate this clause into English for a UK court, and note where German law has no English counterpart: \"Der "
     "Verkäu"
     "fer haftet nicht für Mängel, die dem Käu"
     "fer bei Vertragsschluss bekannt waren.\""},
    {"translation", 0.18, 200, 600, "",
     "Przetłumacz na polski instrukcję montażu {product}; zachowaj numerację "
     "kroków."},
    // Agents: many steps over a growing context.
    {"agent", 0.20, 60, 6000, "", "Next step: list the files in the repository that mention {topic}."},
    {"agent", 0.26, 90, 9000, "",
     "Open the ticket {order}, read the last comment and decide whether it can be closed."},
    {"agent", 0.36, 160, 14000, "",
     "Run the tests of the {topic} module and report the first failure with its assertion."},
    {"agent", 0.46, 260, 20000, "",
     "Edit the checkout so that {product} can be bought as a gift; keep the API, run the tests, and stop if more than "
     "{n} files would change."},
    {"agent", 0.58, 420, 28000, "",
     "Three suppliers answered the request for {n} units of the {product}. Read the mails, fill the comparison sheet, "
     "ask each for "
     "what is missing, and propose one with reasons."},
    {"agent", 0.74, 600, 42000, "",
     "The nightly job for {city} fails only in {month}. Reproduce it in the sandbox, bisect the change, and open a "
     "pull request with a test that fails without your fix."},
    {"agent", 0.84, 800, 52000, "",
     "Plan and carry out the split of the {topic} service into two deployables. Keep a log of each decision and roll "
     "back when a health check fails {n} times."},
    // Chit-chat and small writing.
    {"chat", 0.04, 40, 50, "", "Good morning! What is a nice opening line for a meeting on a rainy {day}?"},
    {"chat", 0.06, 90, 60, "", "Write a birthday wish for {name}, who loves {topic} and {city}."},
    {"chat", 0.08, 70, 50, "", "Give me {n} synonyms for \"reliable\" that fit an advert for a {product}."},
    {"chat", 0.15, 220, 100, "", "Suggest a team lunch in {city} for {n} people, two of them vegan, on a {day}."},
    {"chat", 0.24, 350, 200, "",
     "Write a product text for the {product}: 120 words, warm, no superlatives, for customers in {city}."},
    {"chat", 0.12, 120, 60, "", "Schreib eine kurze Einladung zum Sommerfest am {day} in {city}."},
    {"chat", 0.10, 100, 60, "",
     "Scrivi un messaggio di benvenuto per {name}, che inizia {day} nel nostro ufficio di {city}."},
    {"chat", 0.30, 300, 150, "",
     "Explain {topic} to a ten-year-old with one comparison, then to an engineer with one number."},
};

constexpr std::array<std::string_view, 14> kProducts = {
    "standing desk", "cargo bike",     "smart kettle",  "rain jacket",  "desk lamp",
    "trail tent",    "coffee grinder", "air purifier",  "e-ink tablet", "heated blanket",
    "drill set",     "garden speaker", "camping stove", "label printer"};
constexpr std::array<std::string_view, 12> kCities = {"Lisbon", "Aarhus", "Leipzig", "Lyon",  "Gdansk", "Turin",
                                                      "Bilbao", "Cork",   "Graz",    "Tartu", "Ghent",  "Malmo"};
constexpr std::array<std::string_view, 12> kNames = {"Mara Lindqvist", "Tomas Hrubec", "Ines Carvalho", "Oskar Brandl",
                                                     "Aoife Nolan",    "Luc Demaret",  "Giulia Ferri",  "Pavel Sokol",
                                                     "Hanna Virtala",  "Jon Etxarri",  "Nadia Benali",  "Ewa Zielska"};
constexpr std::array<std::string_view, 8> kFirms = {"Norvik Freight",     "Bellamont Textiles", "Ostara Tools",
                                                    "Quillfeather Media", "Hartwell & Pike",    "Solvane Energy",
                                                    "Drumlin Foods",      "Kestrel Optics"};
constexpr std::array<std::string_view, 14> kTopics = {
    "heat pumps",      "container shipping", "returns fraud",     "battery recycling", "warehouse robots",
    "packaging waste", "loyalty points",     "address cleansing", "demand planning",   "price matching",
    "cold chains",     "search ranking",     "gift cards",        "delivery slots"};
constexpr std::array<std::string_view, 5> kDays = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};
constexpr std::array<std::string_view, 6> kMonths = {"January", "March", "April", "June", "July", "August"};
constexpr std::array<std::string_view, 6> kLangs = {"Python", "TypeScript", "Go", "Java", "Rust", "C#"};
constexpr std::array<std::string_view, 11> kNumbers = {"3", "4", "5", "6", "7", "8", "9", "12", "14", "18", "24"};
constexpr std::array<std::string_view, 8> kAmounts = {"49.90", "129", "215.50", "640", "75", "1,180", "32.40", "899"};

constexpr std::pair<std::string_view, std::span<const std::string_view>> kSlots[] = {
    {"product", kProducts}, {"city", kCities},  {"name", kNames}, {"firm", kFirms}, {"topic", kTopics},
    {"day", kDays},         {"month", kMonths}, {"lang", kLangs}, {"n", kNumbers},  {"amount", kAmounts},
};

}  // namespace

std::span<const SamplePrompt> samplePrompts() {
    return kPrompts;
}

std::span<const std::string_view> sampleSlot(std::string_view name) {
    for (const auto& [slot, fillings] : kSlots) {
        if (slot == name) {
            return fillings;
        }
    }
    return {};
}

}  // namespace tierwise::project
