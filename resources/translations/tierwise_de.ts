<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>CatalogCells</name>
    <message>
        <source>%1 per million tokens</source>
        <translation>%1 je Million Token</translation>
    </message>
    <message>
        <source>Your own price</source>
        <translation>Ihr eigener Preis</translation>
    </message>
    <message>
        <source>From %1
checked %2 (%3)</source>
        <translation>Aus %1
geprüft %2 (%3)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Betreiber</translation>
    </message>
    <message>
        <source>Who runs the machines and takes the money</source>
        <translation>Wer die Maschinen betreibt und das Geld nimmt</translation>
    </message>
    <message>
        <source>Input ($/M)</source>
        <translation>Eingabe ($/M)</translation>
    </message>
    <message>
        <source>Dollars per million input tokens</source>
        <translation>Dollar je Million Eingabe-Token</translation>
    </message>
    <message>
        <source>Output ($/M)</source>
        <translation>Ausgabe ($/M)</translation>
    </message>
    <message>
        <source>Dollars per million output tokens</source>
        <translation>Dollar je Million Ausgabe-Token</translation>
    </message>
    <message>
        <source>Cached ($/M)</source>
        <translation>Cache ($/M)</translation>
    </message>
    <message>
        <source>Dollars per million input tokens read from cache</source>
        <translation>Dollar je Million aus dem Cache gelesener Eingabe-Token</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Context window, tokens</source>
        <translation>Kontextfenster in Token</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>Erschienen</translation>
    </message>
    <message>
        <source>Offering</source>
        <translation>Angebot</translation>
    </message>
    <message>
        <source>Provider and its own name for the model</source>
        <translation>Anbieter und dessen Name für das Modell</translation>
    </message>
    <message>
        <source>* with your own price</source>
        <translation>* mit Ihrem eigenen Preis</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>Run under the law of %1</source>
        <translation>Unter dem Recht von %1 betrieben</translation>
    </message>
    <message>
        <source>Why this tier</source>
        <translation>Warum diese Stufe</translation>
    </message>
    <message>
        <source>Cached input ($/M)</source>
        <translation>Eingabe aus Cache ($/M)</translation>
    </message>
    <message>
        <source>Context (tokens)</source>
        <translation>Kontext (Token)</translation>
    </message>
    <message>
        <source>Jurisdiction of the host</source>
        <translation>Recht des Betreibers</translation>
    </message>
    <message>
        <source>Open weights</source>
        <translation>Offene Gewichte</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>not known to be</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>Eingestellt</translation>
    </message>
    <message>
        <source>Price from</source>
        <translation>Preis aus</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Price history</source>
        <translation>Preisverlauf</translation>
    </message>
    <message>
        <source>$ per million tokens</source>
        <translation>$ je Million Token</translation>
    </message>
    <message>
        <source>%1 is priced in %2 and not drawn.</source>
        <translation>%1 hat Preise in %2 und wird nicht gezeichnet.</translation>
    </message>
    <message>
        <source>%1 output</source>
        <translation>%1 Ausgabe</translation>
    </message>
    <message>
        <source>%1 input</source>
        <translation>%1 Eingabe</translation>
    </message>
    <message>
        <source>%1: output %2</source>
        <translation>%1: Ausgabe %2</translation>
    </message>
    <message>
        <source>Select a model to see its prices over time.</source>
        <translation>Wählen Sie ein Modell, um seine Preise im Verlauf zu sehen.</translation>
    </message>
    <message>
        <source>Cheapest output price of each tier over time</source>
        <translation>Günstigster Ausgabepreis je Stufe im Verlauf</translation>
    </message>
    <message>
        <source>The least price that any host asked for output of a model of each tier; rises are shown as rises.</source>
        <translation>Der kleinste Preis, den irgendein Betreiber für die Ausgabe eines Modells der Stufe verlangte; Anstiege bleiben Anstiege.</translation>
    </message>
    <message>
        <source>By today&apos;s tiers; free and local offerings are left out.</source>
        <translation>Nach heutigen Stufen; kostenlose und lokale Angebote sind ausgelassen.</translation>
    </message>
    <message>
        <source>$ per million output tokens</source>
        <translation>$ je Million Ausgabe-Token</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::CatalogPage</name>
    <message>
        <source>First-hand offerings only</source>
        <translation>Nur Angebote aus erster Hand</translation>
    </message>
    <message>
        <source>Models and prices</source>
        <translation>Modelle und Preise</translation>
    </message>
    <message>
        <source>Selected models side by side</source>
        <translation>Gewählte Modelle nebeneinander</translation>
    </message>
    <message>
        <source>Price history</source>
        <translation>Preisverlauf</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Floor of each tier</source>
        <translation>Untergrenze je Stufe</translation>
    </message>
    <message>
        <source>Views of prices</source>
        <translation>Ansichten der Preise</translation>
    </message>
    <message>
        <source>&amp;Search models</source>
        <translation>Modelle &amp;suchen</translation>
    </message>
    <message>
        <source>Go to the search field</source>
        <translation>Zum Suchfeld gehen</translation>
    </message>
    <message>
        <source>Set my &amp;own price...</source>
        <translation>&amp;Eigenen Preis setzen...</translation>
    </message>
    <message>
        <source>A negotiated or custom price of the selected offering</source>
        <translation>Ein ausgehandelter oder eigener Preis des gewählten Angebots</translation>
    </message>
    <message>
        <source>&amp;Remove my own price</source>
        <translation>Eigenen Preis ent&amp;fernen</translation>
    </message>
    <message>
        <source>Use the catalog&apos;s price of the selected offering again</source>
        <translation>Wieder den Katalogpreis des gewählten Angebots nehmen</translation>
    </message>
    <message>
        <source>&amp;Add an offering...</source>
        <translation>Angebot &amp;hinzufügen ...</translation>
    </message>
    <message>
        <source>A model or a price that no list has</source>
        <translation>Ein Modell oder ein Preis, den keine Liste hat</translation>
    </message>
    <message>
        <source>&amp;Update the catalog...</source>
        <translation>Katalog &amp;aktualisieren ...</translation>
    </message>
    <message>
        <source>Fetch price lists, see what they would change, accept or reject it; return to an older one</source>
        <translation>Preislisten holen, sehen, was sie ändern würden, annehmen oder verwerfen; zu einem älteren zurückkehren</translation>
    </message>
    <message>
        <source>Search models, hosts, licences</source>
        <translation>Modelle, Betreiber suchen</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>Modelle suchen</translation>
    </message>
    <message>
        <source>All tiers</source>
        <translation>Alle Stufen</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Betreiber</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>One line a model: its author&apos;s own offering</source>
        <translation>Eine Zeile je Modell: das Angebot seines Urhebers</translation>
    </message>
    <message>
        <source>Listing the catalog</source>
        <translation>Katalog wird aufgelistet</translation>
    </message>
    <message>
        <source>All authors</source>
        <translation>Alle Urheber</translation>
    </message>
    <message>
        <source>All hosts</source>
        <translation>Alle Betreiber</translation>
    </message>
    <message>
        <source>All licences</source>
        <translation>Alle Lizenzen</translation>
    </message>
    <message>
        <source>%1 of %2 offerings, catalog of %3</source>
        <translation>%1 von %2 Angeboten, Katalog vom %3</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>Angabe</translation>
    </message>
    <message>
        <source>Select an offering first</source>
        <translation>Wählen Sie zuerst ein Angebot</translation>
    </message>
    <message>
        <source>Own price of %1</source>
        <translation>Eigener Preis von %1</translation>
    </message>
    <message>
        <source>Remove own price of %1</source>
        <translation>Eigenen Preis von %1 entfernen</translation>
    </message>
    <message>
        <source>Returning to another catalog</source>
        <translation>Rückkehr zu einem anderen Katalog</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::OwnEntryDialog</name>
    <message>
        <source>Own price of %1</source>
        <translation>Eigener Preis von %1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Offering, as provider/name</source>
        <translation>Angebot, als Anbieter/Name</translation>
    </message>
    <message>
        <source>Model, one of the catalog&apos;s or a new name</source>
        <translation>Modell, eines des Katalogs oder ein neuer Name</translation>
    </message>
    <message>
        <source>Author of the model</source>
        <translation>Urheber des Modells</translation>
    </message>
    <message>
        <source>Input price, dollars per million tokens</source>
        <translation>Eingabepreis, Dollar je Million Token</translation>
    </message>
    <message>
        <source>Output price, dollars per million tokens</source>
        <translation>Ausgabepreis, Dollar je Million Token</translation>
    </message>
    <message>
        <source>Cached input price, dollars per million tokens</source>
        <translation>Preis der Eingabe aus dem Cache, Dollar je Million Token</translation>
    </message>
    <message>
        <source>Context window, tokens</source>
        <translation>Kontextfenster in Token</translation>
    </message>
    <message>
        <source>Only &amp;from</source>
        <translation>Erst &amp;ab</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Add an offering of your own</source>
        <translation>Eigenes Angebot hinzufügen</translation>
    </message>
    <message>
        <source>acme/our-model</source>
        <translation>acme/unser-modell</translation>
    </message>
    <message>
        <source>qwen3-14b, or a new name</source>
        <translation>qwen3-14b, oder ein neuer Name</translation>
    </message>
    <message>
        <source>Contract, discount ...</source>
        <translation>Vertrag, Rabatt ...</translation>
    </message>
    <message>
        <source>Tier of the model</source>
        <translation>Stufe des Modells</translation>
    </message>
    <message>
        <source>By the rules</source>
        <translation>Nach den Regeln</translation>
    </message>
    <message>
        <source>First day of this price</source>
        <translation>Erster Tag dieses Preises</translation>
    </message>
    <message>
        <source>What you say here wins over the catalog and survives its updates.</source>
        <translation>Was Sie hier sagen, geht dem Katalog vor und übersteht seine Aktualisierungen.</translation>
    </message>
    <message>
        <source>O&amp;ffering</source>
        <translation>An&amp;gebot</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>&amp;Author</source>
        <translation>&amp;Urheber</translation>
    </message>
    <message>
        <source>&amp;Input ($/M tokens)</source>
        <translation>&amp;Eingabe ($/M Token)</translation>
    </message>
    <message>
        <source>&amp;Output ($/M tokens)</source>
        <translation>&amp;Ausgabe ($/M Token)</translation>
    </message>
    <message>
        <source>&amp;Cached input ($/M tokens)</source>
        <translation>Eingabe aus &amp;Cache ($/M Token)</translation>
    </message>
    <message>
        <source>Conte&amp;xt (tokens)</source>
        <translation>Konte&amp;xt (Token)</translation>
    </message>
    <message>
        <source>&amp;Tier of the model</source>
        <translation>S&amp;tufe des Modells</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Notiz</translation>
    </message>
    <message>
        <source>Write the offering as provider/name.</source>
        <translation>Schreiben Sie das Angebot als Anbieter/Name.</translation>
    </message>
    <message>
        <source>%1: write decimal dollars, as 0.44, with at most six decimals.</source>
        <translation>%1: dezimale Dollar, wie 0.44, mit höchstens sechs Nachkommastellen.</translation>
    </message>
    <message>
        <source>The context is a whole number of tokens.</source>
        <translation>Der Kontext ist eine ganze Zahl von Token.</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::UpdateDialog</name>
    <message>
        <source>&amp;Fetch</source>
        <translation>&amp;Holen</translation>
    </message>
    <message>
        <source>Fetch the price lists; nothing in use changes</source>
        <translation>Die Preislisten holen; nichts in Gebrauch ändert sich</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>Stop fetching</source>
        <translation>Das Holen abbrechen</translation>
    </message>
    <message>
        <source>&amp;Accept</source>
        <translation>&amp;Annehmen</translation>
    </message>
    <message>
        <source>Use all changes but the quarantined ones</source>
        <translation>Alle Änderungen außer denen in Quarantäne verwenden</translation>
    </message>
    <message>
        <source>Accept with &amp;selected</source>
        <translation>Mit &amp;Ausgewählten annehmen</translation>
    </message>
    <message>
        <source>Use the unsuspicious changes, and the selected ones too</source>
        <translation>Die unverdächtigen Änderungen und die ausgewählten verwenden</translation>
    </message>
    <message>
        <source>Accept a&amp;ll</source>
        <translation>A&amp;lle annehmen</translation>
    </message>
    <message>
        <source>Use all changes, the quarantined ones too</source>
        <translation>Alle Änderungen verwenden, auch die in Quarantäne</translation>
    </message>
    <message>
        <source>&amp;Reject</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>Throw this update away; the catalog stays as it is</source>
        <translation>Diese Aktualisierung verwerfen; der Katalog bleibt, wie er ist</translation>
    </message>
    <message>
        <source>&amp;Return to the selected catalog</source>
        <translation>Zum gewählten Katalog &amp;zurückkehren</translation>
    </message>
    <message>
        <source>Use this older catalog again; can be undone</source>
        <translation>Diesen älteren Katalog wieder verwenden; lässt sich rückgängig machen</translation>
    </message>
    <message>
        <source>Update the catalog</source>
        <translation>Katalog aktualisieren</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Aktualisierung</translation>
    </message>
    <message>
        <source>Catalogs that were in use</source>
        <translation>Kataloge, die in Gebrauch waren</translation>
    </message>
    <message>
        <source>Update and history</source>
        <translation>Aktualisierung und Verlauf</translation>
    </message>
    <message>
        <source>empty: the four public lists (LiteLLM, genai-prices, models.dev, OpenRouter)</source>
        <translation>leer: die vier öffentlichen Listen (LiteLLM, genai-prices, models.dev, OpenRouter)</translation>
    </message>
    <message>
        <source>Address of a list of your own</source>
        <translation>Adresse einer eigenen Liste</translation>
    </message>
    <message>
        <source>empty: the system&apos;s</source>
        <translation>leer: die des Systems</translation>
    </message>
    <message>
        <source>File of the certificate authority to trust</source>
        <translation>Datei der Zertifizierungsstelle, der vertraut wird</translation>
    </message>
    <message>
        <source>&amp;Own list (https)</source>
        <translation>&amp;Eigene Liste (https)</translation>
    </message>
    <message>
        <source>A&amp;uthority (PEM file)</source>
        <translation>Zertifiz&amp;ierungsstelle (PEM-Datei)</translation>
    </message>
    <message>
        <source>Progress of fetching</source>
        <translation>Fortschritt des Holens</translation>
    </message>
    <message>
        <source>What the update would change</source>
        <translation>Was die Aktualisierung ändern würde</translation>
    </message>
    <message>
        <source>Which changes to show</source>
        <translation>Welche Änderungen gezeigt werden</translation>
    </message>
    <message>
        <source>Changes of the waiting update</source>
        <translation>Änderungen der wartenden Aktualisierung</translation>
    </message>
    <message>
        <source>Catalog update</source>
        <translation>Katalogaktualisierung</translation>
    </message>
    <message>
        <source>Reading the catalog&apos;s history</source>
        <translation>Verlauf des Katalogs wird gelesen</translation>
    </message>
    <message>
        <source>Fetching price lists</source>
        <translation>Preislisten werden geholt</translation>
    </message>
    <message>
        <source>Cancelled; nothing has changed.</source>
        <translation>Abgebrochen; nichts hat sich geändert.</translation>
    </message>
    <message>
        <source>Rejecting the update</source>
        <translation>Aktualisierung wird verworfen</translation>
    </message>
    <message>
        <source>Rejected; the catalog in use stays as it is.</source>
        <translation>Verworfen; der Katalog in Gebrauch bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>Return to an older catalog</source>
        <translation>Rückkehr zu einem älteren Katalog</translation>
    </message>
    <message>
        <source>No update is waiting. Fetching asks the network; nothing else in Tierwise does.</source>
        <translation>Keine Aktualisierung wartet. Das Holen fragt das Netz; sonst nichts in Tierwise.</translation>
    </message>
    <message>
        <source>All changes (%1)</source>
        <translation>Alle Änderungen (%1)</translation>
    </message>
    <message>
        <source>Quarantined (%1)</source>
        <translation>In Quarantäne (%1)</translation>
    </message>
    <message>
        <source>Changed (%1)</source>
        <translation>Geändert (%1)</translation>
    </message>
    <message>
        <source>Added (%1)</source>
        <translation>Neu (%1)</translation>
    </message>
    <message>
        <source>No longer listed, kept (%1)</source>
        <translation>Nicht mehr gelistet, behalten (%1)</translation>
    </message>
</context>
<context>
    <name>UpdateRows</name>
    <message>
        <source>added</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>not listed</source>
        <translation>nicht gelistet</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>Offering</source>
        <translation>Angebot</translation>
    </message>
    <message>
        <source>Provider and its own name for the model</source>
        <translation>Anbieter und dessen Name für das Modell</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>What is priced, and under which conditions</source>
        <translation>Was einen Preis hat, und unter welchen Bedingungen</translation>
    </message>
    <message>
        <source>Old ($/M)</source>
        <translation>Alt ($/M)</translation>
    </message>
    <message>
        <source>Dollars per million before</source>
        <translation>Dollar je Million vorher</translation>
    </message>
    <message>
        <source>New ($/M)</source>
        <translation>Neu ($/M)</translation>
    </message>
    <message>
        <source>Dollars per million after</source>
        <translation>Dollar je Million nachher</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>New over old</source>
        <translation>Neu durch alt</translation>
    </message>
    <message>
        <source>Quarantined because</source>
        <translation>In Quarantäne, weil</translation>
    </message>
    <message>
        <source>Taken only when selected or with Accept all</source>
        <translation>Nur ausgewählt oder mit Alle annehmen übernommen</translation>
    </message>
    <message>
        <source>Fetched %1. Of %2 offerings %3 change, %4 are new, %5 are no longer listed and stay. %6 are quarantined. Nothing is in use yet.</source>
        <translation>Geholt %1. Von %2 Angeboten ändern sich %3, %4 sind neu, %5 nicht mehr gelistet und bleiben. %6 sind in Quarantäne. Noch ist nichts in Gebrauch.</translation>
    </message>
    <message>
        <source>More than 5 % change price at once, a sign of a broken source: price changes are taken only when selected, or with Accept all.</source>
        <translation>Mehr als 5 % ändern den Preis auf einmal, ein Zeichen einer defekten Quelle: Preisänderungen werden nur ausgewählt oder mit Alle annehmen übernommen.</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s), shown as a tip here.</source>
        <translation><numerusform>%n Hinweis, hier als Kurzinfo.</numerusform><numerusform>%n Hinweise, hier als Kurzinfo.</numerusform></translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Catalog</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Offerings</source>
        <translation>Angebote</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Accepted with it</source>
        <translation>Damit angenommen</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <source>Names its content; runs keep it</source>
        <translation>Benennt seinen Inhalt; Läufe behalten sie</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ChartPanel</name>
    <message>
        <source>Export chart</source>
        <translation>Diagramm exportieren</translation>
    </message>
    <message>
        <source>Show as &amp;table</source>
        <translation>Als &amp;Tabelle zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation>Bild &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Export as PNG, SVG, PDF or CSV...</source>
        <translation>Als PNG, SVG, PDF oder CSV &amp;exportieren...</translation>
    </message>
    <message>
        <source>Zoom &amp;back</source>
        <translation>Zoom &amp;zurück</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>&amp;Alles zeigen</translation>
    </message>
    <message>
        <source>Show as table, copy, export, zoom</source>
        <translation>Als Tabelle zeigen, kopieren, exportieren, zoomen</translation>
    </message>
    <message>
        <source>Chart menu: %1</source>
        <translation>Diagrammmenü: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) at zero cannot be shown on a logarithmic axis.</source>
        <translation>
            <numerusform>%n Punkt bei null passt nicht auf eine logarithmische Achse.</numerusform><numerusform>%n Punkte bei null passen nicht auf eine logarithmische Achse.</numerusform></translation>
    </message>
    <message>
        <source>series</source>
        <translation>Reihe</translation>
    </message>
    <message>
        <source>label</source>
        <translation>Bezeichnung</translation>
    </message>
    <message>
        <source>low</source>
        <translation>unten</translation>
    </message>
    <message>
        <source>high</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>Copied the picture</source>
        <translation>Bild kopiert</translation>
    </message>
    <message>
        <source>Could not write %1</source>
        <translation>%1 konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Unknown ending .%1: use .png, .svg, .pdf or .csv</source>
        <translation>Unbekannte Endung .%1: bitte .png, .svg, .pdf oder .csv</translation>
    </message>
    <message>
        <source>Pictures and data (*.png *.svg *.pdf *.csv)</source>
        <translation>Bilder und Daten (*.png *.svg *.pdf *.csv)</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportiert nach %1</translation>
    </message>
    <message>
        <source>data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>title and mark</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ChartView</name>
    <message>
        <source> (%1 to %2)</source>
        <translation> (%1 bis %2)</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>Tippen Sie, was Sie tun möchten</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Matching commands</source>
        <translation>Passende Befehle</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::CopyTable</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy the selected rows, for spreadsheets and documents</source>
        <translation>Gewählte Zeilen für Tabellen und Dokumente kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;Markdown</source>
        <translation>Als &amp;Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy the selected rows as a Markdown table</source>
        <translation>Gewählte Zeilen als Markdown-Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy as C&amp;SV</source>
        <translation>Als C&amp;SV kopieren</translation>
    </message>
    <message>
        <source>Copy the selected rows as comma-separated values</source>
        <translation>Gewählte Zeilen als CSV kopieren</translation>
    </message>
    <message>
        <source>Choose &amp;columns...</source>
        <translation>&amp;Spalten wählen...</translation>
    </message>
    <message>
        <source>Show or hide columns</source>
        <translation>Spalten zeigen oder verbergen</translation>
    </message>
    <message numerus="yes">
        <source>Copied %n row(s)</source>
        <translation>
            <numerusform>%n Zeile kopiert</numerusform><numerusform>%n Zeilen kopiert</numerusform></translation>
    </message>
    <message>
        <source> (the limit; use Export for more)</source>
        <translation> (die Grenze; für mehr bitte Export)</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>C&amp;olumns</source>
        <translation>S&amp;palten</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::Desk</name>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
    <message>
        <source>Making %1</source>
        <translation>%1 wird angelegt</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>%1 wird importiert</translation>
    </message>
    <message>
        <source>Imported %1: %2 rows stored</source>
        <translation>%1 importiert: %2 Zeilen gespeichert</translation>
    </message>
    <message>
        <source>, %1 were there already</source>
        <translation>, %1 waren schon da</translation>
    </message>
    <message>
        <source>, %1 rejected</source>
        <translation>, %1 abgewiesen</translation>
    </message>
    <message>
        <source>Read in %1</source>
        <translation>Gelesen in %1</translation>
    </message>
    <message>
        <source>Show rejects</source>
        <translation>Abgewiesene zeigen</translation>
    </message>
    <message>
        <source>Copying to %1</source>
        <translation>Kopie nach %1</translation>
    </message>
    <message>
        <source>Copied to %1</source>
        <translation>Kopiert nach %1</translation>
    </message>
    <message>
        <source>Loading rows</source>
        <translation>Zeilen werden geladen</translation>
    </message>
    <message>
        <source>Loading the catalog</source>
        <translation>Katalog wird geladen</translation>
    </message>
    <message>
        <source>Changing own prices</source>
        <translation>Eigene Preise werden geändert</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Looking for what is odd</source>
        <translation>Auffälliges wird gesucht</translation>
    </message>
    <message numerus="yes">
        <source>The doctor finds %n odd thing(s) in the rows</source>
        <translation>
            <numerusform>Die Prüfung findet %n Auffälligkeit in den Zeilen</numerusform><numerusform>Die Prüfung findet %n Auffälligkeiten in den Zeilen</numerusform></translation>
    </message>
    <message>
        <source>Each can be mended with one click, and undone</source>
        <translation>Jede lässt sich mit einem Klick beheben und wieder rückgängig machen</translation>
    </message>
    <message>
        <source>Show the doctor</source>
        <translation>Prüfung zeigen</translation>
    </message>
    <message>
        <source>Take the import of %1 back</source>
        <translation>Import von %1 zurücknehmen</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 importieren</translation>
    </message>
    <message>
        <source>Wait until the running import is done</source>
        <translation>Warten Sie, bis der laufende Import fertig ist</translation>
    </message>
    <message>
        <source>Taking the import back</source>
        <translation>Import wird zurückgenommen</translation>
    </message>
    <message>
        <source>The import was taken back</source>
        <translation>Der Import wurde zurückgenommen</translation>
    </message>
    <message>
        <source>Importing again</source>
        <translation>Wird erneut importiert</translation>
    </message>
    <message>
        <source>%1 rows stored</source>
        <translation>%1 Zeilen gespeichert</translation>
    </message>
    <message>
        <source>The running import was cancelled</source>
        <translation>Der laufende Import wurde abgebrochen</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::DetailPane</name>
    <message>
        <source>[%1 of %2 characters shown]</source>
        <translation>[%1 von %2 Zeichen gezeigt]</translation>
    </message>
    <message>
        <source>input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>cache read</source>
        <translation>Cache gelesen</translation>
    </message>
    <message>
        <source>cache write, 5 min</source>
        <translation>Cache geschrieben, 5 min</translation>
    </message>
    <message>
        <source>cache write, 1 h</source>
        <translation>Cache geschrieben, 1 h</translation>
    </message>
    <message>
        <source>Price by the catalog</source>
        <translation>Preis nach Katalog</translation>
    </message>
    <message>
        <source>Unpriced</source>
        <translation>Ohne Preis</translation>
    </message>
    <message>
        <source>Might be</source>
        <translation>Könnte sein</translation>
    </message>
    <message>
        <source>Offering</source>
        <translation>Angebot</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Known by</source>
        <translation>Erkannt durch</translation>
    </message>
    <message>
        <source>%1, %2 sure</source>
        <translation>%1, zu %2 sicher</translation>
    </message>
    <message>
        <source>%1 x %2%3/M = %2%4</source>
        <translation>%1 x %2%3/M = %2%4</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>Total of the known lines</source>
        <translation>Summe der bekannten Posten</translation>
    </message>
    <message>
        <source>Source: %1, checked %2</source>
        <translation>Quelle: %1, geprüft %2</translation>
    </message>
    <message>
        <source>Facts of the selected request</source>
        <translation>Angaben zur gewählten Anfrage</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Other columns of the log</source>
        <translation>Weitere Spalten des Protokolls</translation>
    </message>
    <message>
        <source>Other columns</source>
        <translation>Weitere Spalten</translation>
    </message>
    <message>
        <source>Texts of the request</source>
        <translation>Texte der Anfrage</translation>
    </message>
    <message>
        <source>Select a row to see all of it.</source>
        <translation>Wählen Sie eine Zeile, um sie ganz zu sehen.</translation>
    </message>
    <message>
        <source>Request %1</source>
        <translation>Anfrage %1</translation>
    </message>
    <message>
        <source>The log has no prompt for this row.</source>
        <translation>Das Protokoll hat keinen Prompt für diese Zeile.</translation>
    </message>
    <message>
        <source>The log has no response for this row.</source>
        <translation>Das Protokoll hat keine Antwort für diese Zeile.</translation>
    </message>
    <message>
        <source>The log has no other columns.</source>
        <translation>Das Protokoll hat keine weiteren Spalten.</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Service tier</source>
        <translation>Dienststufe</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>Fachgebiet</translation>
    </message>
    <message>
        <source>Data class</source>
        <translation>Datenklasse</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>Anfrage-ID</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Usage (tokens)</source>
        <translation>Verbrauch (Token)</translation>
    </message>
    <message>
        <source>Input, uncached</source>
        <translation>Eingabe ohne Cache</translation>
    </message>
    <message>
        <source>Input, from cache</source>
        <translation>Eingabe aus Cache</translation>
    </message>
    <message>
        <source>Written to cache</source>
        <translation>In den Cache geschrieben</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>of it reasoning</source>
        <translation>davon Nachdenken</translation>
    </message>
    <message>
        <source>Requests in this line</source>
        <translation>Anfragen in dieser Zeile</translation>
    </message>
    <message>
        <source>Logged cost</source>
        <translation>Protokollierte Kosten</translation>
    </message>
    <message>
        <source>Difficulty</source>
        <translation>Schwierigkeit</translation>
    </message>
    <message>
        <source>Difficulty (0 easy, 1 hard)</source>
        <translation>Schwierigkeit (0 leicht, 1 schwer)</translation>
    </message>
    <message>
        <source>Not scored yet.</source>
        <translation>Noch nicht bewertet.</translation>
    </message>
    <message>
        <source>Unknown: there is no prompt to judge by.</source>
        <translation>Unbekannt: es gibt keinen Prompt zum Beurteilen.</translation>
    </message>
    <message>
        <source>Logged score (0 to 1)</source>
        <translation>Protokollierte Note (0 bis 1)</translation>
    </message>
    <message>
        <source>Where it came from</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Not scored yet, or no figure can be given.</source>
        <translation>Noch nicht bewertet, oder es ist keine Zahl möglich.</translation>
    </message>
    <message>
        <source>Give or take</source>
        <translation>Plus oder minus</translation>
    </message>
    <message>
        <source>harder</source>
        <translation>schwerer</translation>
    </message>
    <message>
        <source>easier</source>
        <translation>leichter</translation>
    </message>
    <message>
        <source>because</source>
        <translation>weil</translation>
    </message>
    <message>
        <source>Answer expected</source>
        <translation>Erwartete Antwort</translation>
    </message>
    <message>
        <source>%1 tokens, rarely over %2</source>
        <translation>%1 Token, selten über %2</translation>
    </message>
    <message>
        <source>Under the present policy</source>
        <translation>Unter der jetzigen Strategie</translation>
    </message>
    <message>
        <source>The analysis is being made...</source>
        <translation>Die Auswertung läuft ...</translation>
    </message>
    <message>
        <source>Not analyzed yet.</source>
        <translation>Noch nicht ausgewertet.</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>nirgends</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Geht an</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Would cost</source>
        <translation>Würde kosten</translation>
    </message>
    <message>
        <source>Expected quality</source>
        <translation>Erwartete Güte</translation>
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation>Zeit (UTC)</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::FilterBar</name>
    <message>
        <source>Remove this filter</source>
        <translation>Diesen Filter entfernen</translation>
    </message>
    <message>
        <source>Filter: %1. Press to remove</source>
        <translation>Filter: %1. Drücken zum Entfernen</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>enthält</translation>
    </message>
    <message>
        <source>is</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>ist nicht</translation>
    </message>
    <message>
        <source>is at least</source>
        <translation>ist mindestens</translation>
    </message>
    <message>
        <source>is at most</source>
        <translation>ist höchstens</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>is there</source>
        <translation>ist vorhanden</translation>
    </message>
    <message>
        <source>Search rows, or model:gpt cost&gt;=0.1 and Enter</source>
        <translation>Suchen, oder model:gpt und Eingabe</translation>
    </message>
    <message>
        <source>Search rows</source>
        <translation>Zeilen suchen</translation>
    </message>
    <message>
        <source>Add filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Show only rows that meet a condition</source>
        <translation>Nur Zeilen zeigen, die eine Bedingung erfüllen</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>Filter hinzufügen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Remove all filters</source>
        <translation>Alle Filter entfernen</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Bedingung</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::HelpPane</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Help text</source>
        <translation>Hilfetext</translation>
    </message>
    <message>
        <source>There is no help on this topic.</source>
        <translation>Zu diesem Thema gibt es keine Hilfe.</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ImportDialog</name>
    <message>
        <source>keep as it is</source>
        <translation>so behalten</translation>
    </message>
    <message>
        <source>leave out</source>
        <translation>weglassen</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>Komma</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>Semikolon</translation>
    </message>
    <message>
        <source>one column</source>
        <translation>eine Spalte</translation>
    </message>
    <message>
        <source>delimited text</source>
        <translation>getrennter Text</translation>
    </message>
    <message>
        <source>JSON Lines</source>
        <translation>JSON Lines</translation>
    </message>
    <message>
        <source>JSON array</source>
        <translation>JSON-Liste</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>First row names the &amp;columns</source>
        <translation>Erste Zeile nennt die &amp;Spalten</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 importieren</translation>
    </message>
    <message>
        <source>Column in the file</source>
        <translation>Spalte in der Datei</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>What each column means</source>
        <translation>Was jede Spalte bedeutet</translation>
    </message>
    <message>
        <source>First rows as they would be stored</source>
        <translation>Erste Zeilen, wie sie gespeichert würden</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>How to mend it</source>
        <translation>Abhilfe</translation>
    </message>
    <message>
        <source>Rows that would be rejected</source>
        <translation>Zeilen, die abgewiesen würden</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Would be rejected</source>
        <translation>Würden abgewiesen</translation>
    </message>
    <message>
        <source>Parts of the import</source>
        <translation>Teile des Imports</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %n file(s)</source>
        <translation>
            <numerusform>%n Datei &amp;importieren</numerusform><numerusform>%n Dateien &amp;importieren</numerusform></translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>&amp;Importieren</translation>
    </message>
    <message>
        <source>Looking at the file...</source>
        <translation>Datei wird angesehen...</translation>
    </message>
    <message>
        <source>What the log is</source>
        <translation>Was das Protokoll ist</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>Looks &amp;like</source>
        <translation>Sieht aus &amp;wie</translation>
    </message>
    <message>
        <source>&amp;Encoding</source>
        <translation>&amp;Kodierung</translation>
    </message>
    <message>
        <source>&amp;Delimiter</source>
        <translation>&amp;Trennzeichen</translation>
    </message>
    <message>
        <source>Personal data and secrets in texts:</source>
        <translation>Persönliches und Geheimes in Texten:</translation>
    </message>
    <message>
        <source>lea&amp;ve</source>
        <translation>be&amp;lassen</translation>
    </message>
    <message>
        <source>Texts stay as they are, nothing is looked for</source>
        <translation>Texte bleiben, wie sie sind; es wird nichts gesucht</translation>
    </message>
    <message>
        <source>&amp;flag</source>
        <translation>&amp;markieren</translation>
    </message>
    <message>
        <source>Texts stay; each row gets its data class, which routing can use</source>
        <translation>Texte bleiben; jede Zeile erhält ihre Datenklasse, die das Routing nutzen kann</translation>
    </message>
    <message>
        <source>&amp;replace</source>
        <translation>&amp;ersetzen</translation>
    </message>
    <message>
        <source>Findings become placeholders such as [EMAIL_1]</source>
        <translation>Funde werden zu Platzhaltern wie [EMAIL_1]</translation>
    </message>
    <message>
        <source>store &amp;no texts</source>
        <translation>keine Te&amp;xte speichern</translation>
    </message>
    <message>
        <source>Token counts and classes only</source>
        <translation>Nur Token-Zahlen und Klassen</translation>
    </message>
    <message>
        <source>Looking at %1</source>
        <translation>%1 wird angesehen</translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%n Spalte</numerusform><numerusform>%n Spalten</numerusform></translation>
    </message>
    <message>
        <source>%1 (%2 sure)</source>
        <translation>%1 (zu %2 sicher)</translation>
    </message>
    <message>
        <source>Meaning of %1</source>
        <translation>Bedeutung von %1</translation>
    </message>
    <message>
        <source>Reading the first rows</source>
        <translation>Erste Zeilen werden gelesen</translation>
    </message>
    <message>
        <source>Would be rejected (%1)</source>
        <translation>Würden abgewiesen (%1)</translation>
    </message>
    <message>
        <source>The whole file</source>
        <translation>Die ganze Datei</translation>
    </message>
    <message>
        <source>The first %1 rows</source>
        <translation>Die ersten %1 Zeilen</translation>
    </message>
    <message>
        <source>%1: all can be read.</source>
        <translation>%1: alles ist lesbar.</translation>
    </message>
    <message>
        <source>%1: %2 would be stored, %3 rejected. Rejected rows are kept with their reasons.</source>
        <translation>%1: %2 würden gespeichert, %3 abgewiesen. Abgewiesene Zeilen bleiben mit ihrem Grund erhalten.</translation>
    </message>
    <message numerus="yes">
        <source>Import %n file(s)</source>
        <translation>
            <numerusform>%n Datei importieren</numerusform><numerusform>%n Dateien importieren</numerusform></translation>
    </message>
    <message>
        <source>Files to import</source>
        <translation>Zu importierende Dateien</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>The rejected record itself</source>
        <translation>Der abgewiesene Datensatz selbst</translation>
    </message>
    <message>
        <source>Of the first rows alone</source>
        <translation>Nur in den ersten Zeilen</translation>
    </message>
    <message>
        <source>Offered under Doctor once the log is in</source>
        <translation>Wird unter Prüfung angeboten, sobald das Protokoll eingelesen ist</translation>
    </message>
    <message>
        <source>What the doctor finds in the first rows</source>
        <translation>Was die Prüfung in den ersten Zeilen findet</translation>
    </message>
    <message>
        <source>C&amp;heck the whole file</source>
        <translation>Ganze Datei prü&amp;fen</translation>
    </message>
    <message>
        <source>Read all of it and say what would be rejected; nothing is stored</source>
        <translation>Alles lesen und sagen, was abgewiesen würde; nichts wird gespeichert</translation>
    </message>
    <message>
        <source>Check the whole file</source>
        <translation>Ganze Datei prüfen</translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <translation>%1 (%2-mal)</translation>
    </message>
    <message>
        <source>looking...</source>
        <translation>wird angesehen ...</translation>
    </message>
    <message>
        <source>as you said</source>
        <translation>wie von Ihnen gesagt</translation>
    </message>
    <message>
        <source>%1, %2 sure</source>
        <translation>%1, zu %2 sicher</translation>
    </message>
    <message>
        <source>Keep as a preset</source>
        <translation>Als Vorlage behalten</translation>
    </message>
    <message>
        <source>Name of the preset:</source>
        <translation>Name der Vorlage:</translation>
    </message>
    <message>
        <source>Kept as the preset %1</source>
        <translation>Als Vorlage %1 behalten</translation>
    </message>
    <message>
        <source>Its beginning, as it would be stored</source>
        <translation>Sein Anfang, wie er gespeichert würde</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>No column of this file looks like a model, token counts, a cost or a prompt</source>
        <translation>Keine Spalte dieser Datei sieht nach Modell, Tokenzahl, Kosten oder Prompt aus</translation>
    </message>
    <message>
        <source>Say under Columns what its columns mean</source>
        <translation>Sagen Sie unter Spalten, was ihre Spalten bedeuten</translation>
    </message>
    <message>
        <source>%1: %2 would be stored, %3 rejected.</source>
        <translation>%1: %2 würden gespeichert, %3 abgewiesen.</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) stand for no request.</source>
        <translation>
            <numerusform>%n Datensatz steht für keine Anfrage.</numerusform><numerusform>%n Datensätze stehen für keine Anfrage.</numerusform></translation>
    </message>
    <message>
        <source>The last change rejects %1 more.</source>
        <translation>Die letzte Änderung weist %1 mehr ab.</translation>
    </message>
    <message>
        <source>The last change rejects %1 fewer.</source>
        <translation>Die letzte Änderung weist %1 weniger ab.</translation>
    </message>
    <message>
        <source>Checking the whole of %1</source>
        <translation>%1 wird ganz geprüft</translation>
    </message>
    <message>
        <source>The whole file: all %1 rows can be read.</source>
        <translation>Die ganze Datei: alle %1 Zeilen sind lesbar.</translation>
    </message>
    <message>
        <source>The whole file: %1 rows would be stored, %2 rejected.</source>
        <translation>Die ganze Datei: %1 Zeilen würden gespeichert, %2 abgewiesen.</translation>
    </message>
    <message>
        <source>Mostly: %1 (%2).</source>
        <translation>Meist: %1 (%2).</translation>
    </message>
    <message>
        <source>Looking for what is odd</source>
        <translation>Auffälliges wird gesucht</translation>
    </message>
    <message>
        <source>Looking at the first rows...</source>
        <translation>Die ersten Zeilen werden angesehen ...</translation>
    </message>
    <message>
        <source>Nothing odd in the first %1 rows.</source>
        <translation>Nichts Auffälliges in den ersten %1 Zeilen.</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) in the first %1 rows. Mend them in the log's settings here, or with one click under Doctor once the log is in.</source>
        <translation>
            <numerusform>%n Befund in den ersten %1 Zeilen. Beheben Sie ihn hier in den Einstellungen oder mit einem Klick unter Prüfung, sobald das Protokoll eingelesen ist.</numerusform><numerusform>%n Befunde in den ersten %1 Zeilen. Beheben Sie sie hier in den Einstellungen oder mit einem Klick unter Prüfung, sobald das Protokoll eingelesen ist.</numerusform></translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Doctor (%1)</source>
        <translation>Prüfung (%1)</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>Abhilfe</translation>
    </message>
    <message>
        <source>&amp;Import %1 rows</source>
        <translation>%1 Zeilen &amp;importieren</translation>
    </message>
    <message>
        <source>mixed line ends</source>
        <translation>gemischte Zeilenenden</translation>
    </message>
    <message>
        <source>byte order mark</source>
        <translation>Byte-Reihenfolge-Marke</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ImportsTab</name>
    <message>
        <source>Nothing was imported into this project yet.</source>
        <translation>In dieses Projekt wurde noch nichts importiert.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Rows read = stored + duplicates + rejected</source>
        <translation>Gelesen = gespeichert + doppelt + abgewiesen</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Doppelt</translation>
    </message>
    <message>
        <source>Rows that the project had already</source>
        <translation>Zeilen, die das Projekt schon hatte</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Rows that could not be read; see Rejects</source>
        <translation>Zeilen, die nicht lesbar waren; siehe Abgewiesene</translation>
    </message>
    <message>
        <source>Time taken</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Imports</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>vollständig</translation>
    </message>
    <message>
        <source>broken off</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>Resume it or roll it back</source>
        <translation>Fortsetzen oder zurücknehmen</translation>
    </message>
    <message numerus="yes">
        <source>%n import(s)</source>
        <translation>
            <numerusform>%n Import</numerusform><numerusform>%n Importe</numerusform></translation>
    </message>
    <message>
        <source>Select an import first</source>
        <translation>Wählen Sie zuerst einen Import</translation>
    </message>
    <message>
        <source>Taking the import back</source>
        <translation>Import wird zurückgenommen</translation>
    </message>
    <message>
        <source>The import was taken back</source>
        <translation>Der Import wurde zurückgenommen</translation>
    </message>
    <message>
        <source>No import was broken off</source>
        <translation>Kein Import wurde abgebrochen</translation>
    </message>
    <message>
        <source>Resuming the import</source>
        <translation>Import wird fortgesetzt</translation>
    </message>
    <message>
        <source>%1 rows stored</source>
        <translation>%1 Zeilen gespeichert</translation>
    </message>
    <message>
        <source>Rolling the import back</source>
        <translation>Import wird zurückgerollt</translation>
    </message>
    <message>
        <source>The unfinished import was rolled back</source>
        <translation>Der unfertige Import wurde zurückgerollt</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::MainWindow</name>
    <message>
        <source>Export chart</source>
        <translation>Diagramm exportieren</translation>
    </message>
    <message>
        <source>Open logs or a project</source>
        <translation>Protokolle oder ein Projekt öffnen</translation>
    </message>
    <message>
        <source>Logs and projects (*.csv *.tsv *.txt *.json *.jsonl *.ndjson *.gz *.zst *.tierwise);;All files (*)</source>
        <translation>Protokolle und Projekte (*.csv *.tsv *.txt *.json *.jsonl *.ndjson *.gz *.zst *.tierwise);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save a copy of the project</source>
        <translation>Kopie des Projekts speichern</translation>
    </message>
    <message>
        <source> copy</source>
        <translation> Kopie</translation>
    </message>
    <message>
        <source>Tierwise projects (*.tierwise)</source>
        <translation>Tierwise-Projekte (*.tierwise)</translation>
    </message>
    <message>
        <source>Tierwise</source>
        <translation>Tierwise</translation>
    </message>
    <message>
        <source>%1 – Tierwise</source>
        <translation>%1 – Tierwise</translation>
    </message>
    <message>
        <source>&amp;Page</source>
        <translation>&amp;Seite</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation>&amp;Öffnen...</translation>
    </message>
    <message>
        <source>Open a log or a project</source>
        <translation>Ein Protokoll oder Projekt öffnen</translation>
    </message>
    <message>
        <source>Open the &amp;sample workload</source>
        <translation>&amp;Beispiel öffnen</translation>
    </message>
    <message>
        <source>Open a month of a made-up company's requests</source>
        <translation>Einen Monat Anfragen einer erfundenen Firma öffnen</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Save a &amp;copy...</source>
        <translation>&amp;Kopie speichern...</translation>
    </message>
    <message>
        <source>Write a copy of the project to another file</source>
        <translation>Eine Kopie des Projekts in eine andere Datei schreiben</translation>
    </message>
    <message>
        <source>C&amp;lose project</source>
        <translation>Projekt sch&amp;ließen</translation>
    </message>
    <message>
        <source>Close the project; everything is already saved</source>
        <translation>Das Projekt schließen; alles ist schon gespeichert</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Leave Tierwise; everything is already saved</source>
        <translation>Tierwise verlassen; alles ist schon gespeichert</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Undo the last edit</source>
        <translation>Die letzte Änderung rückgängig machen</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Do again what was undone</source>
        <translation>Rückgängig Gemachtes wiederholen</translation>
    </message>
    <message>
        <source>Copy table as &amp;Markdown</source>
        <translation>Tabelle als &amp;Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy the selected rows of the table in focus as Markdown</source>
        <translation>Gewählte Zeilen der aktiven Tabelle als Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy table as &amp;CSV</source>
        <translation>Tabelle als &amp;CSV kopieren</translation>
    </message>
    <message>
        <source>Copy the selected rows of the table in focus as comma-separated values</source>
        <translation>Gewählte Zeilen der aktiven Tabelle als CSV kopieren</translation>
    </message>
    <message>
        <source>Choose c&amp;olumns...</source>
        <translation>Spalten &amp;wählen...</translation>
    </message>
    <message>
        <source>Show or hide columns of the table in focus</source>
        <translation>Spalten der aktiven Tabelle zeigen oder verbergen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Commands...</source>
        <translation>&amp;Befehle...</translation>
    </message>
    <message>
        <source>Find any command by typing part of its name</source>
        <translation>Jeden Befehl über einen Teil seines Namens finden</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>Move the keyboard to the next part of the window</source>
        <translation>Tastatur in den nächsten Bereich des Fensters</translation>
    </message>
    <message>
        <source>&amp;Previous pane</source>
        <translation>&amp;Voriger Bereich</translation>
    </message>
    <message>
        <source>Move the keyboard to the previous part of the window</source>
        <translation>Tastatur in den vorigen Bereich des Fensters</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>Light or dark as the desktop is</source>
        <translation>Hell oder dunkel wie der Schreibtisch</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>Dark text on light ground</source>
        <translation>Dunkle Schrift auf hellem Grund</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Light text on dark ground</source>
        <translation>Helle Schrift auf dunklem Grund</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>Use the whole screen, or not</source>
        <translation>Den ganzen Bildschirm nutzen oder nicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Help on this page</source>
        <translation>&amp;Hilfe zu dieser Seite</translation>
    </message>
    <message>
        <source>What this page shows, and how it is computed</source>
        <translation>Was diese Seite zeigt und wie es berechnet wird</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>All commands and their keys</source>
        <translation>Alle Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>&amp;About Tierwise</source>
        <translation>&amp;Über Tierwise</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>Version und Lizenz</translation>
    </message>
    <message>
        <source>No commands here</source>
        <translation>Hier gibt es keine Befehle</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was er tut</translation>
    </message>
    <message>
        <source>In a chart: closer, wider, all, back, move</source>
        <translation>Im Diagramm: näher, weiter, alles, zurück, bewegen</translation>
    </message>
    <message>
        <source>+ - 0 Backspace arrows</source>
        <translation>+ - 0 Rücktaste Pfeile</translation>
    </message>
    <message>
        <source>Drag to zoom in, Shift+drag to move, Ctrl+wheel to zoom</source>
        <translation>Ziehen vergrößert, Umschalt+Ziehen bewegt, Strg+Rad zoomt</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About Tierwise</source>
        <translation>Über Tierwise</translation>
    </message>
    <message>
        <source>Which of your requests need a premium reasoning model, which a commodity model, which a free local one; what that would cost, and how sure that is.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Welche Ihrer Anfragen ein Premium-Modell brauchen, welche ein Standardmodell, welche ein kostenloses lokales; was das kosten würde und wie sicher das ist.

Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
    <message>
        <source>Looking for logs</source>
        <translation>Protokolle werden gesucht</translation>
    </message>
    <message>
        <source>there is no log in this folder</source>
        <translation>in diesem Ordner ist kein Protokoll</translation>
    </message>
    <message>
        <source>Logs are files such as .csv, .jsonl or .json, packed or not</source>
        <translation>Protokolle sind Dateien wie .csv, .jsonl oder .json, gepackt oder nicht</translation>
    </message>
    <message numerus="yes">
        <source>%n new log(s) in a watched folder are of no known kind</source>
        <translation>
            <numerusform>%n neues Protokoll in einem beobachteten Ordner ist von unbekannter Art</numerusform><numerusform>%n neue Protokolle in einem beobachteten Ordner sind von unbekannter Art</numerusform></translation>
    </message>
    <message>
        <source>Say what the columns mean, and keep that as a preset</source>
        <translation>Sagen Sie, was die Spalten bedeuten, und behalten Sie das als Vorlage</translation>
    </message>
    <message>
        <source>Import...</source>
        <translation>Importieren ...</translation>
    </message>
    <message>
        <source>Watch a folder for new logs</source>
        <translation>Einen Ordner auf neue Protokolle beobachten</translation>
    </message>
    <message>
        <source>&amp;Watch a folder...</source>
        <translation>Ordner &amp;beobachten ...</translation>
    </message>
    <message>
        <source>New logs in the folder come into this project by themselves</source>
        <translation>Neue Protokolle im Ordner kommen von selbst in dieses Projekt</translation>
    </message>
    <message>
        <source>S&amp;top watching folders</source>
        <translation>Ordner nich&amp;t mehr beobachten</translation>
    </message>
    <message>
        <source>New logs no longer come in by themselves</source>
        <translation>Neue Protokolle kommen nicht mehr von selbst herein</translation>
    </message>
    <message>
        <source>Cancel the &amp;running job</source>
        <translation>&amp;Laufende Arbeit abbrechen</translation>
    </message>
    <message>
        <source>Stop what is running longest in sight; nothing is left half done</source>
        <translation>Anhalten, was gerade läuft; nichts bleibt halb getan</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>Es läuft nichts</translation>
    </message>
    <message>
        <source>&amp;Preferences...</source>
        <translation>&amp;Einstellungen ...</translation>
    </message>
    <message>
        <source>Language, theme, folders, personal data</source>
        <translation>Sprache, Farbschema, Ordner, persönliche Daten</translation>
    </message>
    <message>
        <source>There is no table here</source>
        <translation>Hier ist keine Tabelle</translation>
    </message>
    <message>
        <source>Open the project %1</source>
        <translation>Projekt %1 öffnen</translation>
    </message>
    <message>
        <source>Import the log %1</source>
        <translation>Protokoll %1 importieren</translation>
    </message>
    <message>
        <source>Projects and logs that were opened stand here</source>
        <translation>Hier stehen Projekte und Protokolle, die geöffnet wurden</translation>
    </message>
    <message>
        <source>&amp;Forget these</source>
        <translation>Diese &amp;vergessen</translation>
    </message>
    <message>
        <source>Empty this list; the files stay</source>
        <translation>Diese Liste leeren; die Dateien bleiben</translation>
    </message>
    <message>
        <source>Synthetic sample: made-up requests of a made-up company</source>
        <translation>Synthetisches Beispiel: erfundene Anfragen einer erfundenen Firma</translation>
    </message>
    <message>
        <source>%1 (synthetic) – Tierwise</source>
        <translation>%1 (synthetisch) – Tierwise</translation>
    </message>
    <message>
        <source>made-up sample data</source>
        <translation>erfundene Beispieldaten</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::MessageBar</name>
    <message>
        <source>Where: %1</source>
        <translation>Wo: %1</translation>
    </message>
    <message>
        <source>Line: %1</source>
        <translation>Zeile: %1</translation>
    </message>
    <message>
        <source>Byte: %1</source>
        <translation>Byte: %1</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Show the details of this message</source>
        <translation>Einzelheiten dieser Meldung zeigen</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>1 of %1</source>
        <translation>1 von %1</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::OverviewTab</name>
    <message>
        <source>Overview of the workload</source>
        <translation>Überblick über die Anfragen</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>Eingabe-Token</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Ausgabe-Token</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Cost as logged</source>
        <translation>Kosten laut Protokoll</translation>
    </message>
    <message>
        <source>Cost by the catalog</source>
        <translation>Kosten nach Katalog</translation>
    </message>
    <message>
        <source>Which cost to show</source>
        <translation>Welche Kosten gezeigt werden</translation>
    </message>
    <message>
        <source>What the log says, or the catalog's price of the logged model at the request's date</source>
        <translation>Was das Protokoll sagt, oder der Katalogpreis des Modells am Tag der Anfrage</translation>
    </message>
    <message>
        <source>(missing)</source>
        <translation>(fehlt)</translation>
    </message>
    <message>
        <source>others</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>Adding up</source>
        <translation>Wird summiert</translation>
    </message>
    <message>
        <source>cost as logged</source>
        <translation>Kosten laut Protokoll</translation>
    </message>
    <message>
        <source>cost by the catalog</source>
        <translation>Kosten nach Katalog</translation>
    </message>
    <message>
        <source>%1 of %2 rows have no logged cost and are left out.</source>
        <translation>%1 von %2 Zeilen haben keine protokollierten Kosten und sind ausgelassen.</translation>
    </message>
    <message>
        <source>%1 of %2 rows cannot be priced (unknown model or no token counts) and are left out.</source>
        <translation>%1 von %2 Zeilen haben keinen Preis (Modell unbekannt oder keine Token-Zahlen) und sind ausgelassen.</translation>
    </message>
    <message>
        <source>Cost by model</source>
        <translation>Kosten nach Modell</translation>
    </message>
    <message>
        <source>Cost by team</source>
        <translation>Kosten nach Team</translation>
    </message>
    <message>
        <source>%1 rows, %2, %3</source>
        <translation>%1 Zeilen, %2, %3</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>%1 tokens, %2 of them from cache; %3 rows do not say</source>
        <translation>%1 Token, davon %2 aus dem Cache; %3 Zeilen sagen es nicht</translation>
    </message>
    <message>
        <source>%1 tokens, %2 of them reasoning; %3 rows do not say</source>
        <translation>%1 Token, davon %2 Nachdenken; %3 Zeilen sagen es nicht</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>The log gives no costs: the catalog's prices at each request's date are shown.</source>
        <translation>Das Protokoll nennt keine Kosten: gezeigt sind die Katalogpreise am Tag jeder Anfrage.</translation>
    </message>
    <message>
        <source>Not in the catalog: %1%2</source>
        <translation>Nicht im Katalog: %1%2</translation>
    </message>
    <message>
        <source>Cost by tier</source>
        <translation>Kosten nach Stufe</translation>
    </message>
    <message>
        <source>%1 ($)</source>
        <translation>%1 ($)</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 Anfragen</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Cost by tier: %1.</source>
        <translation>Kosten nach Stufe: %1.</translation>
    </message>
    <message>
        <source>Cost by day</source>
        <translation>Kosten nach Tag</translation>
    </message>
    <message>
        <source>Cost by hour</source>
        <translation>Kosten nach Stunde</translation>
    </message>
    <message>
        <source>$ an hour</source>
        <translation>$ je Stunde</translation>
    </message>
    <message numerus="yes">
        <source>Cost an hour over %n hour(s), by tier.</source>
        <translation>
            <numerusform>Kosten je Stunde über %n Stunde, nach Stufe.</numerusform><numerusform>Kosten je Stunde über %n Stunden, nach Stufe.</numerusform></translation>
    </message>
    <message>
        <source>$ a day</source>
        <translation>$ je Tag</translation>
    </message>
    <message numerus="yes">
        <source>Cost a day over %n day(s), by tier.</source>
        <translation>
            <numerusform>Kosten je Tag über %n Tag, nach Stufe.</numerusform><numerusform>Kosten je Tag über %n Tage, nach Stufe.</numerusform></translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message numerus="yes">
        <source>The %n dearest of %1; group the rows to see all.</source>
        <translation>
            <numerusform>Der teuerste von %1; gruppieren Sie die Zeilen, um alle zu sehen.</numerusform><numerusform>Die %n teuersten von %1; gruppieren Sie die Zeilen, um alle zu sehen.</numerusform></translation>
    </message>
    <message>
        <source>No costs.</source>
        <translation>Keine Kosten.</translation>
    </message>
    <message>
        <source>%1: most goes to %2.</source>
        <translation>%1: das meiste entfällt auf %2.</translation>
    </message>
    <message>
        <source>How few rows make the cost</source>
        <translation>Wie wenige Zeilen die Kosten machen</translation>
    </message>
    <message>
        <source>dearest rows (% of all)</source>
        <translation>teuerste Zeilen (% aller)</translation>
    </message>
    <message>
        <source>share of cost (%)</source>
        <translation>Anteil der Kosten (%)</translation>
    </message>
    <message>
        <source>if all cost the same</source>
        <translation>wenn alle gleich viel kosteten</translation>
    </message>
    <message>
        <source>this workload</source>
        <translation>diese Anfragen</translation>
    </message>
    <message>
        <source>The dearest 10% of the rows make %1 of the cost.</source>
        <translation>Die teuersten 10% der Zeilen machen %1 der Kosten.</translation>
    </message>
    <message>
        <source>No request has token counts, so none has a price. Where the log has the texts, the Doctor counts them.</source>
        <translation>Keine Anfrage hat Tokenzahlen, also hat keine einen Preis. Wo das Protokoll die Texte enthält, zählt sie die Prüfung.</translation>
    </message>
    <message>
        <source>Nothing has a price as logged: the log names no model that the catalog knows. The Trade-off page compares policies with the best single model all the same.</source>
        <translation>Nichts hat einen Preis, wie es protokolliert ist: Das Protokoll nennt kein Modell, das der Katalog kennt. Die Seite Abwägung vergleicht Regelungen trotzdem mit dem besten einzelnen Modell.</translation>
    </message>
    <message>
        <source>%1 rows, their cost is not known</source>
        <translation>%1 Zeilen, ihre Kosten sind unbekannt</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::PageRail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::RejectsTab</name>
    <message>
        <source>%1 rejected rows. Nothing is lost: export them to mend, and try them again; rows that are there already are not added twice.</source>
        <translation>%1 abgewiesene Zeilen. Nichts ist verloren: zum Beheben exportieren und erneut versuchen; schon vorhandene Zeilen kommen nicht doppelt hinein.</translation>
    </message>
    <message>
        <source>Export to mend...</source>
        <translation>Zum Beheben exportieren...</translation>
    </message>
    <message>
        <source>A CSV with the log&apos;s own columns and the reasons</source>
        <translation>Eine CSV mit den Spalten des Protokolls und den Gründen</translation>
    </message>
    <message>
        <source>Try mended...</source>
        <translation>Behobene versuchen...</translation>
    </message>
    <message>
        <source>Read the mended CSV in place of the rejects</source>
        <translation>Die behobene CSV anstelle der abgewiesenen Zeilen lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>As they are, after the mapping or the program has changed</source>
        <translation>Wie sie sind, nachdem sich Zuordnung oder Programm geändert haben</translation>
    </message>
    <message>
        <source>There are no rejected rows</source>
        <translation>Es gibt keine abgewiesenen Zeilen</translation>
    </message>
    <message>
        <source>Select a rejected row first: they are of several imports</source>
        <translation>Zuerst eine abgewiesene Zeile wählen: sie stammen aus mehreren Importen</translation>
    </message>
    <message>
        <source>Export rejected rows to mend them</source>
        <translation>Abgewiesene Zeilen zum Beheben exportieren</translation>
    </message>
    <message>
        <source>%1 rejected rows written to %2; mend them there, then choose Try mended</source>
        <translation>%1 abgewiesene Zeilen nach %2 geschrieben; dort beheben, dann Behobene versuchen</translation>
    </message>
    <message>
        <source>Choose the mended CSV</source>
        <translation>Die behobene CSV wählen</translation>
    </message>
    <message>
        <source>Trying rejected rows again</source>
        <translation>Abgewiesene Zeilen werden erneut versucht</translation>
    </message>
    <message>
        <source>%1 rejected rows tried: %2 stored, %3 were there already, %4 still rejected</source>
        <translation>%1 abgewiesene Zeilen versucht: %2 gespeichert, %3 waren schon da, %4 weiter abgewiesen</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Byte</source>
        <translation>Byte</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>How to mend it</source>
        <translation>Abhilfe</translation>
    </message>
    <message>
        <source>Rejected rows</source>
        <translation>Abgewiesene Zeilen</translation>
    </message>
    <message>
        <source>The rejected record itself</source>
        <translation>Der abgewiesene Datensatz selbst</translation>
    </message>
    <message>
        <source>Select a rejected row to see its own bytes.</source>
        <translation>Wählen Sie eine abgewiesene Zeile, um ihre Bytes zu sehen.</translation>
    </message>
    <message>
        <source>Show more rejected rows</source>
        <translation>Mehr abgewiesene Zeilen zeigen</translation>
    </message>
    <message>
        <source>No row was rejected: everything that was read is stored.</source>
        <translation>Keine Zeile wurde abgewiesen: alles Gelesene ist gespeichert.</translation>
    </message>
    <message>
        <source>%1 of %2 rejected rows.</source>
        <translation>%1 von %2 abgewiesenen Zeilen.</translation>
    </message>
    <message>
        <source>%1 rejected rows. Nothing is lost: mend the file and import it again; rows that are there already are not added twice.</source>
        <translation>%1 abgewiesene Zeilen. Nichts ist verloren: bessern Sie die Datei nach und importieren Sie sie wieder; was schon da ist, kommt nicht doppelt.</translation>
    </message>
    <message>
        <source>%1 rejected rows</source>
        <translation>%1 abgewiesene Zeilen</translation>
    </message>
    <message>
        <source>Export rejected rows</source>
        <translation>Abgewiesene Zeilen exportieren</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Exporting rejected rows</source>
        <translation>Abgewiesene Zeilen werden exportiert</translation>
    </message>
    <message>
        <source>%1 rejected rows written to %2</source>
        <translation>%1 abgewiesene Zeilen nach %2 geschrieben</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::RequestModel</name>
    <message>
        <source>Time (UTC)</source>
        <translation>Zeit (UTC)</translation>
    </message>
    <message>
        <source>When the request was made</source>
        <translation>Wann die Anfrage gestellt wurde</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The model's name as logged</source>
        <translation>Der Modellname laut Protokoll</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>The provider as logged</source>
        <translation>Der Anbieter laut Protokoll</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>Team, project or key: whoever pays</source>
        <translation>Team, Projekt oder Schlüssel: wer bezahlt</translation>
    </message>
    <message>
        <source>Input (tokens)</source>
        <translation>Eingabe (Token)</translation>
    </message>
    <message>
        <source>All input tokens, cached ones included</source>
        <translation>Alle Eingabe-Token, auch aus dem Cache</translation>
    </message>
    <message>
        <source>Cached (tokens)</source>
        <translation>Cache (Token)</translation>
    </message>
    <message>
        <source>Input tokens read from a prompt cache</source>
        <translation>Aus einem Prompt-Cache gelesene Eingabe-Token</translation>
    </message>
    <message>
        <source>Output (tokens)</source>
        <translation>Ausgabe (Token)</translation>
    </message>
    <message>
        <source>Answer and reasoning together</source>
        <translation>Antwort und Nachdenken zusammen</translation>
    </message>
    <message>
        <source>Reasoning (tokens)</source>
        <translation>Denken (Token)</translation>
    </message>
    <message>
        <source>The part of the output that was thought, not said</source>
        <translation>Der Teil der Ausgabe, der gedacht, nicht gesagt wurde</translation>
    </message>
    <message>
        <source>Logged cost ($)</source>
        <translation>Kosten ($)</translation>
    </message>
    <message>
        <source>What the log says it cost</source>
        <translation>Was es laut Protokoll gekostet hat</translation>
    </message>
    <message>
        <source>Latency (s)</source>
        <translation>Dauer (s)</translation>
    </message>
    <message>
        <source>From request to last token</source>
        <translation>Von der Anfrage bis zum letzten Token</translation>
    </message>
    <message>
        <source>Difficulty</source>
        <translation>Schwierigkeit</translation>
    </message>
    <message>
        <source>How hard the request is, 0 easy to 1 hard; missing where it could not be told</source>
        <translation>Wie schwer die Anfrage ist, 0 leicht bis 1 schwer; fehlt, wo es nicht zu erkennen war</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Logged score of the answer, 0 to 1</source>
        <translation>Protokollierte Note der Antwort, 0 bis 1</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Tags as logged</source>
        <translation>Schlagwörter laut Protokoll</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Conversation, trace or agent run</source>
        <translation>Gespräch, Ablauf oder Agentenlauf</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Who asked</source>
        <translation>Wer gefragt hat</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>How many requests the line stands for</source>
        <translation>Für wie viele Anfragen die Zeile steht</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>Fachgebiet</translation>
    </message>
    <message>
        <source>Subject, logged or found</source>
        <translation>Fachgebiet, protokolliert oder erkannt</translation>
    </message>
    <message>
        <source>Data class</source>
        <translation>Datenklasse</translation>
    </message>
    <message>
        <source>Personal data or secrets that were found</source>
        <translation>Gefundene persönliche Daten oder Geheimnisse</translation>
    </message>
    <message>
        <source>Service tier</source>
        <translation>Dienststufe</translation>
    </message>
    <message>
        <source>standard, batch, flex or priority</source>
        <translation>standard, batch, flex oder priority</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Where it ran, as logged</source>
        <translation>Wo es lief, laut Protokoll</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>Anfrage-ID</translation>
    </message>
    <message>
        <source>The log's own key of the row</source>
        <translation>Der eigene Schlüssel des Protokolls</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Line of the file it came from</source>
        <translation>Zeile der Datei, aus der es kam</translation>
    </message>
    <message>
        <source>The log gives no time</source>
        <translation>Das Protokoll nennt keine Zeit</translation>
    </message>
    <message>
        <source>%1 uncached, %2 read from cache, %3 written to cache</source>
        <translation>%1 ohne Cache, %2 aus dem Cache, %3 in den Cache</translation>
    </message>
    <message>
        <source>%1, as logged</source>
        <translation>%1, laut Protokoll</translation>
    </message>
    <message>
        <source>The log gives no cost</source>
        <translation>Das Protokoll nennt keine Kosten</translation>
    </message>
    <message>
        <source>Not scored yet, or no text to judge by</source>
        <translation>Noch nicht bewertet, oder kein Text zum Beurteilen</translation>
    </message>
    <message>
        <source>Line %1, byte %2</source>
        <translation>Zeile %1, Byte %2</translation>
    </message>
    <message>
        <source>Finding rows</source>
        <translation>Zeilen werden gesucht</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::RequestsTab</name>
    <message numerus="yes">
        <source>%n row(s) without a logged cost are left out</source>
        <translation>
            <numerusform>%n Zeile ohne protokollierte Kosten ist ausgelassen</numerusform><numerusform>%n Zeilen ohne protokollierte Kosten sind ausgelassen</numerusform></translation>
    </message>
    <message>
        <source>No row of this group has a logged cost</source>
        <translation>Keine Zeile dieser Gruppe hat protokollierte Kosten</translation>
    </message>
    <message>
        <source>Group rows by</source>
        <translation>Zeilen gruppieren nach</translation>
    </message>
    <message>
        <source>Show totals by a column in place of the rows</source>
        <translation>Summen nach einer Spalte statt der Zeilen zeigen</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppieren</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Totals by group</source>
        <translation>Summen nach Gruppe</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Input (tokens)</source>
        <translation>Eingabe (Token)</translation>
    </message>
    <message>
        <source>Cached (tokens)</source>
        <translation>Cache (Token)</translation>
    </message>
    <message>
        <source>Output (tokens)</source>
        <translation>Ausgabe (Token)</translation>
    </message>
    <message>
        <source>Reasoning (tokens)</source>
        <translation>Denken (Token)</translation>
    </message>
    <message>
        <source>Logged cost ($)</source>
        <translation>Kosten ($)</translation>
    </message>
    <message>
        <source>Sum of the costs the log gives</source>
        <translation>Summe der protokollierten Kosten</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Adding up by %1</source>
        <translation>Summieren nach %1</translation>
    </message>
    <message>
        <source>(missing)</source>
        <translation>(fehlt)</translation>
    </message>
    <message numerus="yes">
        <source>All %n group(s)</source>
        <translation>
            <numerusform>Alle (%n Gruppe)</numerusform><numerusform>Alle %n Gruppen</numerusform></translation>
    </message>
    <message>
        <source> (filtered)</source>
        <translation> (gefiltert)</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n Gruppe</numerusform><numerusform>%n Gruppen</numerusform></translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 selected: %2 input and %3 output tokens</source>
        <translation>%1 gewählt: %2 Eingabe- und %3 Ausgabe-Token</translation>
    </message>
    <message>
        <source>, %1 logged</source>
        <translation>, %1 protokolliert</translation>
    </message>
    <message>
        <source>, %1 without a cost</source>
        <translation>, %1 ohne Kosten</translation>
    </message>
    <message>
        <source>No row of this group can be priced by the catalog</source>
        <translation>Keine Zeile dieser Gruppe hat einen Katalogpreis</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) that cannot be priced are left out</source>
        <translation>
            <numerusform>%n Zeile ohne Preis ist nicht mitgezählt</numerusform><numerusform>%n Zeilen ohne Preis sind nicht mitgezählt</numerusform></translation>
    </message>
    <message>
        <source>Catalog cost ($)</source>
        <translation>Katalogkosten ($)</translation>
    </message>
    <message>
        <source>The catalog's price of the logged model at each request's own date</source>
        <translation>Katalogpreis des protokollierten Modells zum Datum jeder Anfrage</translation>
    </message>
    <message>
        <source>, the %1 with most rows shown</source>
        <translation>, die %1 mit den meisten Zeilen gezeigt</translation>
    </message>
    <message>
        <source>Export the rows shown</source>
        <translation>Gezeigte Zeilen exportieren</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Exporting rows</source>
        <translation>Zeilen werden exportiert</translation>
    </message>
    <message>
        <source>%1 rows written to %2</source>
        <translation>%1 Zeilen nach %2 geschrieben</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::StartPage</name>
    <message>
        <source>Drop a log here</source>
        <translation>Protokoll hier ablegen</translation>
    </message>
    <message>
        <source>CSV, TSV, JSON Lines or JSON, plain or packed with gzip or zstd, from a gateway, a provider's console or an agent's session.</source>
        <translation>CSV, TSV, JSON Lines oder JSON, auch mit gzip oder zstd gepackt, aus einem Gateway, der Konsole eines Anbieters oder der Sitzung eines Agenten.</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Letzte Projekte</translation>
    </message>
    <message>
        <source>Nothing leaves this computer: no account, no key, no network unless you ask for a price update.</source>
        <translation>Nichts verlässt diesen Rechner: kein Konto, kein Schlüssel, kein Netz, außer Sie verlangen neue Preise.</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::StatusArea</name>
    <message>
        <source>Progress of the running job</source>
        <translation>Fortschritt der laufenden Aufgabe</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop the running job (Esc)</source>
        <translation>Laufende Aufgabe abbrechen</translation>
    </message>
    <message>
        <source>Cancel the running job</source>
        <translation>Laufende Aufgabe abbrechen</translation>
    </message>
    <message>
        <source>Show all running jobs</source>
        <translation>Alle laufenden Aufgaben zeigen</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 rows/s</source>
        <translation>%1 Zeilen/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>+%1</source>
        <translation>+%1</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>Abbrechen: %1</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>lesen</translation>
    </message>
    <message>
        <source>reading prompts</source>
        <translation>Prompts lesen</translation>
    </message>
    <message>
        <source>reading requests</source>
        <translation>Anfragen lesen</translation>
    </message>
    <message>
        <source>scoring prompts</source>
        <translation>Prompts bewerten</translation>
    </message>
    <message>
        <source>looking models up</source>
        <translation>Modelle nachschlagen</translation>
    </message>
    <message>
        <source>pricing every request on every model</source>
        <translation>jede Anfrage auf jedem Modell bepreisen</translation>
    </message>
    <message>
        <source>sorting</source>
        <translation>sortieren</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>zeichnen</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>laden</translation>
    </message>
    <message>
        <source>merging</source>
        <translation>zusammenführen</translation>
    </message>
    <message>
        <source>refitting</source>
        <translation>neu anpassen</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>schreiben</translation>
    </message>
    <message>
        <source>Stop the running job (Ctrl+.)</source>
        <translation>Laufende Arbeit anhalten (Strg+.)</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Stopping...</source>
        <translation>Hält an ...</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::WorkloadPage</name>
    <message>
        <source>Doctor</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Show the &amp;doctor</source>
        <translation>Die &amp;Prüfung zeigen</translation>
    </message>
    <message>
        <source>What is odd in the rows, and how to mend it</source>
        <translation>Was an den Zeilen auffällt, und wie es zu beheben ist</translation>
    </message>
    <message>
        <source>&amp;Mend the selected finding</source>
        <translation>Dem gewählten Befund ab&amp;helfen</translation>
    </message>
    <message>
        <source>Do what the doctor&apos;s selected finding offers, or undo it</source>
        <translation>Tun, was der gewählte Befund anbietet, oder es rückgängig machen</translation>
    </message>
    <message>
        <source>Export rejects to mend...</source>
        <translation>Abgewiesene zum Beheben exportieren...</translation>
    </message>
    <message>
        <source>A CSV with the log&apos;s own columns and the reasons</source>
        <translation>Eine CSV mit den Spalten des Protokolls und den Gründen</translation>
    </message>
    <message>
        <source>Try mended rejects...</source>
        <translation>Behobene Zeilen versuchen...</translation>
    </message>
    <message>
        <source>Read the mended CSV in place of the rejects</source>
        <translation>Die behobene CSV anstelle der abgewiesenen Zeilen lesen</translation>
    </message>
    <message>
        <source>Try rejects again</source>
        <translation>Abgewiesene erneut versuchen</translation>
    </message>
    <message>
        <source>As they are, after the mapping or the program has changed</source>
        <translation>Wie sie sind, nachdem sich Zuordnung oder Programm geändert haben</translation>
    </message>
    <message>
        <source>Parts of the workload</source>
        <translation>Teile der Anfragen</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Imports</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>Rejects</source>
        <translation>Abgewiesene</translation>
    </message>
    <message>
        <source>&amp;Search rows</source>
        <translation>Zeilen &amp;suchen</translation>
    </message>
    <message>
        <source>Go to the search field</source>
        <translation>Zum Suchfeld gehen</translation>
    </message>
    <message>
        <source>&amp;Add filter...</source>
        <translation>Filter &amp;hinzufügen...</translation>
    </message>
    <message>
        <source>Show only rows that meet a condition</source>
        <translation>Nur Zeilen zeigen, die eine Bedingung erfüllen</translation>
    </message>
    <message>
        <source>&amp;Only this value</source>
        <translation>&amp;Nur diesen Wert</translation>
    </message>
    <message>
        <source>Show only rows with the value of the current cell</source>
        <translation>Nur Zeilen mit dem Wert der aktuellen Zelle zeigen</translation>
    </message>
    <message>
        <source>&amp;Without this value</source>
        <translation>&amp;Ohne diesen Wert</translation>
    </message>
    <message>
        <source>Hide rows with the value of the current cell</source>
        <translation>Zeilen mit dem Wert der aktuellen Zelle verbergen</translation>
    </message>
    <message>
        <source>&amp;Clear filters</source>
        <translation>Filter &amp;leeren</translation>
    </message>
    <message>
        <source>Show all rows again</source>
        <translation>Wieder alle Zeilen zeigen</translation>
    </message>
    <message>
        <source>C&amp;hoose columns</source>
        <translation>S&amp;palten wählen</translation>
    </message>
    <message>
        <source>Show or hide columns of the request table</source>
        <translation>Spalten der Anfragentabelle zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show or hide &amp;details</source>
        <translation>&amp;Einzelheiten zeigen oder verbergen</translation>
    </message>
    <message>
        <source>The selected request, whole, beside the table</source>
        <translation>Die gewählte Anfrage ganz, neben der Tabelle</translation>
    </message>
    <message>
        <source>Group by &amp;nothing</source>
        <translation>Nicht gruppieren</translation>
    </message>
    <message>
        <source>Group by &amp;model</source>
        <translation>Nach &amp;Modell gruppieren</translation>
    </message>
    <message>
        <source>Group by &amp;team</source>
        <translation>Nach &amp;Team gruppieren</translation>
    </message>
    <message>
        <source>Group by s&amp;ession</source>
        <translation>Nach S&amp;itzung gruppieren</translation>
    </message>
    <message>
        <source>Group by ta&amp;g</source>
        <translation>Nach Schla&amp;gwort gruppieren</translation>
    </message>
    <message>
        <source>Group by da&amp;y</source>
        <translation>Nach T&amp;ag gruppieren</translation>
    </message>
    <message>
        <source>Show totals in place of rows, or rows again</source>
        <translation>Summen statt Zeilen zeigen, oder wieder Zeilen</translation>
    </message>
    <message>
        <source>Show o&amp;verview</source>
        <translation>&amp;Überblick zeigen</translation>
    </message>
    <message>
        <source>Cost by tier, over time, by model and team</source>
        <translation>Kosten nach Stufe, Zeit, Modell und Team</translation>
    </message>
    <message>
        <source>Show &amp;imports</source>
        <translation>I&amp;mporte zeigen</translation>
    </message>
    <message>
        <source>What was imported, and how it went</source>
        <translation>Was importiert wurde und wie es lief</translation>
    </message>
    <message>
        <source>Show &amp;rejects</source>
        <translation>A&amp;bgewiesene zeigen</translation>
    </message>
    <message>
        <source>Records that did not become rows, and why</source>
        <translation>Datensätze, die keine Zeilen wurden, und warum</translation>
    </message>
    <message>
        <source>Show re&amp;quests</source>
        <translation>An&amp;fragen zeigen</translation>
    </message>
    <message>
        <source>The rows themselves</source>
        <translation>Die Zeilen selbst</translation>
    </message>
    <message>
        <source>Take the selected import back</source>
        <translation>Gewählten Import zurücknehmen</translation>
    </message>
    <message>
        <source>Remove all rows of the import that is selected under Imports</source>
        <translation>Alle Zeilen des unter Importe gewählten Imports entfernen</translation>
    </message>
    <message>
        <source>Resume the import that was broken off</source>
        <translation>Abgebrochenen Import fortsetzen</translation>
    </message>
    <message>
        <source>Go on where it stopped; nothing is added twice</source>
        <translation>Weiter, wo er aufhörte; nichts kommt doppelt</translation>
    </message>
    <message>
        <source>Roll the unfinished import back</source>
        <translation>Unfertigen Import zurückrollen</translation>
    </message>
    <message>
        <source>Remove what the import left that was broken off</source>
        <translation>Entfernen, was der abgebrochene Import hinterließ</translation>
    </message>
    <message>
        <source>E&amp;xport rejects...</source>
        <translation>Abgewiesene e&amp;xportieren...</translation>
    </message>
    <message>
        <source>Write the rejected records with their reasons as CSV</source>
        <translation>Abgewiesene Datensätze mit ihren Gründen als CSV schreiben</translation>
    </message>
    <message>
        <source>Export ro&amp;ws...</source>
        <translation>Zeilen e&amp;xportieren ...</translation>
    </message>
    <message>
        <source>Write the rows shown, whole, as CSV</source>
        <translation>Die gezeigten Zeilen vollständig als CSV schreiben</translation>
    </message>
</context>
<context>
    <name>format</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Which requests need a premium, a commodity or a local model, and what each mix would cost.</source>
        <translation>Welche Anfragen ein Premium-, ein Standard- oder ein lokales Modell brauchen, und was jede Mischung kostet.</translation>
    </message>
    <message>
        <source>Open the sample workload.</source>
        <translation>Das Beispiel öffnen.</translation>
    </message>
    <message>
        <source>A project or logs to open.</source>
        <translation>Ein Projekt oder Protokolle.</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>Workload</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>The requests, and where their cost goes</source>
        <translation>Die Anfragen und wohin ihre Kosten gehen</translation>
    </message>
    <message>
        <source>Catalog</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>What models cost, now and before</source>
        <translation>Was Modelle kosten, heute und früher</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>The policy: which request goes where, and why</source>
        <translation>Die Strategie: welche Anfrage wohin geht, und warum</translation>
    </message>
    <message>
        <source>Trade-off</source>
        <translation>Abwägung</translation>
    </message>
    <message>
        <source>What the requests could cost, at what quality</source>
        <translation>Was die Anfragen bei welcher Güte kosten könnten</translation>
    </message>
    <message>
        <source>Tier fit</source>
        <translation>Stufenwahl</translation>
    </message>
    <message>
        <source>Which requests are on the wrong tier</source>
        <translation>Welche Anfragen auf der falschen Stufe laufen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Scenarios side by side on the same requests</source>
        <translation>Szenarien nebeneinander über dieselben Anfragen</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>What a budget meeting gets to see</source>
        <translation>Was eine Budgetrunde zu sehen bekommt</translation>
    </message>
</context>
<context>
    <name>tier</name>
    <message>
        <source>premium</source>
        <translation>Premium</translation>
    </message>
    <message>
        <source>commodity</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>local</source>
        <translation>lokal</translation>
    </message>
    <message>
        <source>unbanded</source>
        <translation>ohne Stufe</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::DoctorTab</name>
    <message>
        <source>Finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Rows that it is about</source>
        <translation>Zeilen, um die es geht</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>Abhilfe</translation>
    </message>
    <message>
        <source>What the button does</source>
        <translation>Was der Knopf tut</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Read the name as</source>
        <translation>Den Namen lesen als</translation>
    </message>
    <message>
        <source>Example rows</source>
        <translation>Beispielzeilen</translation>
    </message>
    <message>
        <source>Mend the selected finding</source>
        <translation>Dem gewählten Befund abhelfen</translation>
    </message>
    <message>
        <source>The doctor looks at imported rows: cached tokens counted twice, costs in cents, stale prices, unknown names and more.</source>
        <translation>Die Prüfung sieht importierte Zeilen an: doppelt gezählte Cache-Tokens, Kosten in Cent, veraltete Preise, unbekannte Namen und mehr.</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Doctor (%1)</source>
        <translation>Prüfung (%1)</translation>
    </message>
    <message>
        <source>Looking for what is odd</source>
        <translation>Auffälliges wird gesucht</translation>
    </message>
    <message>
        <source>look at the rows</source>
        <translation>Zeilen ansehen</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>mended</source>
        <translation>behoben</translation>
    </message>
    <message>
        <source>Can be undone</source>
        <translation>Kann rückgängig gemacht werden</translation>
    </message>
    <message>
        <source>Nothing odd in %1 rows.</source>
        <translation>Nichts Auffälliges in %1 Zeilen.</translation>
    </message>
    <message>
        <source>%1 of %2 logged costs that could be checked agree with the catalog.</source>
        <translation>%1 von %2 prüfbaren protokollierten Kosten stimmen mit dem Katalog überein.</translation>
    </message>
    <message>
        <source>No logged cost could be checked against the catalog.</source>
        <translation>Keine protokollierten Kosten konnten mit dem Katalog verglichen werden.</translation>
    </message>
    <message>
        <source>This was mended. Undoing it puts back what the rows held before.</source>
        <translation>Dies wurde behoben. Rückgängig machen stellt den alten Inhalt der Zeilen wieder her.</translation>
    </message>
    <message>
        <source>Undo this mend</source>
        <translation>Diese Abhilfe rückgängig machen</translation>
    </message>
    <message>
        <source>Read the name so</source>
        <translation>Den Namen so lesen</translation>
    </message>
    <message>
        <source>For example rows %1</source>
        <translation>Zum Beispiel Zeilen %1</translation>
    </message>
    <message>
        <source>Mending</source>
        <translation>Wird behoben</translation>
    </message>
    <message>
        <source>Undoing the mend</source>
        <translation>Abhilfe wird rückgängig gemacht</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) in %1 rows.</source>
        <translation>
            <numerusform>%n Befund in %1 Zeilen.</numerusform><numerusform>%n Befunde in %1 Zeilen.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1: %n row(s)</source>
        <translation>
            <numerusform>%1: %n Zeile</numerusform><numerusform>%1: %n Zeilen</numerusform></translation>
    </message>
    <message>
        <source>One that is like it, or any other of the catalog: type a part of its name</source>
        <translation>Eines, das ähnlich heißt, oder jedes andere des Katalogs: einen Teil des Namens eingeben</translation>
    </message>
    <message>
        <source>Which model of the catalog is it?</source>
        <translation>Welches Modell des Katalogs ist es?</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::MappingGrid</name>
    <message>
        <source>keep as it is</source>
        <translation>unverändert behalten</translation>
    </message>
    <message>
        <source>leave out</source>
        <translation>weglassen</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>wie üblich</translation>
    </message>
    <message>
        <source>dollars</source>
        <translation>Dollar</translation>
    </message>
    <message>
        <source>cents</source>
        <translation>Cent</translation>
    </message>
    <message>
        <source>millionths of a dollar</source>
        <translation>Millionstel Dollar</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>milliseconds</source>
        <translation>Millisekunden</translation>
    </message>
    <message>
        <source>microseconds</source>
        <translation>Mikrosekunden</translation>
    </message>
    <message>
        <source>nanoseconds</source>
        <translation>Nanosekunden</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>Prozent</translation>
    </message>
    <message>
        <source>of ten</source>
        <translation>von zehn</translation>
    </message>
    <message>
        <source>1 to 5 stars</source>
        <translation>1 bis 5 Sterne</translation>
    </message>
    <message>
        <source>thumbs up or down</source>
        <translation>Daumen hoch oder runter</translation>
    </message>
    <message>
        <source>thousands</source>
        <translation>Tausend</translation>
    </message>
    <message>
        <source>Column in the file</source>
        <translation>Spalte der Datei</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>What each column means</source>
        <translation>Was jede Spalte bedeutet</translation>
    </message>
    <message>
        <source>part of the input</source>
        <translation>Teil der Eingabe</translation>
    </message>
    <message>
        <source>beside the input</source>
        <translation>neben der Eingabe</translation>
    </message>
    <message>
        <source>as the total says</source>
        <translation>wie es die Summe sagt</translation>
    </message>
    <message>
        <source>part of the output</source>
        <translation>Teil der Ausgabe</translation>
    </message>
    <message>
        <source>beside the output</source>
        <translation>neben der Ausgabe</translation>
    </message>
    <message>
        <source>year first</source>
        <translation>Jahr zuerst</translation>
    </message>
    <message>
        <source>day first</source>
        <translation>Tag zuerst</translation>
    </message>
    <message>
        <source>month first</source>
        <translation>Monat zuerst</translation>
    </message>
    <message>
        <source>&amp;Cached tokens are</source>
        <translation>&amp;Cache-Tokens sind</translation>
    </message>
    <message>
        <source>&amp;Numbers are written</source>
        <translation>&amp;Zahlen sind geschrieben</translation>
    </message>
    <message>
        <source>&amp;Times without a zone are in</source>
        <translation>Zeiten &amp;ohne Zone sind in</translation>
    </message>
    <message>
        <source>&amp;Reasoning tokens are</source>
        <translation>&amp;Denk-Tokens sind</translation>
    </message>
    <message>
        <source>&amp;Dates are written</source>
        <translation>&amp;Daten sind geschrieben</translation>
    </message>
    <message>
        <source>Meaning of %1</source>
        <translation>Bedeutung von %1</translation>
    </message>
    <message>
        <source>Unit of %1</source>
        <translation>Einheit von %1</translation>
    </message>
    <message>
        <source>Rows of the preview that this column has rejected</source>
        <translation>Zeilen der Vorschau, die wegen dieser Spalte abgewiesen wurden</translation>
    </message>
    <message>
        <source>Rejects</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>as the columns say</source>
        <translation>wie die Spalten sagen</translation>
    </message>
    <message>
        <source>&amp;Provider</source>
        <translation>&amp;Anbieter</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::AnalysisPage</name>
    <message>
        <source>Work it out</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <source>Work the figures out after all</source>
        <translation>Die Zahlen doch berechnen</translation>
    </message>
    <message>
        <source>None of the requests can be priced: the Doctor on the Workload page says why.</source>
        <translation>Keine der Anfragen hat einen Preis: Die Prüfung auf der Seite Anfragen sagt, warum.</translation>
    </message>
    <message>
        <source>Show the Doctor</source>
        <translation>Die Prüfung zeigen</translation>
    </message>
    <message>
        <source>Show what is odd in the requests, and how to mend it</source>
        <translation>Zeigen, was an den Anfragen auffällt und wie es zu beheben ist</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::AnalysisSession</name>
    <message>
        <source>Working out costs and quality</source>
        <translation>Kosten und Qualität werden berechnet</translation>
    </message>
    <message>
        <source>The analysis was stopped before it was done.</source>
        <translation>Die Berechnung wurde angehalten, bevor sie fertig war.</translation>
    </message>
    <message>
        <source>Reading scenarios</source>
        <translation>Szenarien werden gelesen</translation>
    </message>
    <message>
        <source>Saving scenarios</source>
        <translation>Szenarien werden gesichert</translation>
    </message>
    <message>
        <source>Choose baseline</source>
        <translation>Vergleich wählen</translation>
    </message>
    <message>
        <source>Set quality bar</source>
        <translation>Qualitätsschwelle setzen</translation>
    </message>
    <message>
        <source>There are six scenarios already: delete one first</source>
        <translation>Es gibt schon sechs Szenarien: bitte zuerst eines löschen</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Add scenario %1</source>
        <translation>Szenario %1 hinzufügen</translation>
    </message>
    <message>
        <source>Working out what the constraints leave</source>
      <translation>Berechne, was die Vorgaben übrig lassen</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ComparePage</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Working out what every request would cost...</source>
        <translation>Es wird berechnet, was jede Anfrage kosten würde ...</translation>
    </message>
    <message>
        <source>Open a log to compare scenarios on its requests.</source>
        <translation>Öffnen Sie ein Protokoll, um Szenarien an seinen Anfragen zu vergleichen.</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>95%, from all causes together</source>
        <translation>95 %, aus allen Ursachen zusammen</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Ersparnis</translation>
    </message>
    <message>
        <source>Against the baseline, paired by request</source>
        <translation>Gegen den Vergleich, je Anfrage gepaart</translation>
    </message>
    <message>
        <source>Saving range</source>
        <translation>Bereich der Ersparnis</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Expected share of acceptable answers</source>
        <translation>Erwarteter Anteil brauchbarer Antworten</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>In points, against the baseline</source>
        <translation>In Punkten, gegen den Vergleich</translation>
    </message>
    <message>
        <source>Change range</source>
        <translation>Bereich der Änderung</translation>
    </message>
    <message>
        <source>95%, paired by request, clustered by session</source>
        <translation>95 %, je Anfrage gepaart, nach Sitzung gebündelt</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Premium</source>
        <translation>Premium</translation>
    </message>
    <message>
        <source>Share of requests</source>
        <translation>Anteil der Anfragen</translation>
    </message>
    <message>
        <source>Commodity</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>Per right answer</source>
        <translation>Je richtiger Antwort</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>The weakest rung used</source>
        <translation>Der schwächste verwendete Beleg</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>Szenarien</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Cost change</source>
        <translation>Kostenänderung</translation>
    </message>
    <message>
        <source>Cost after the move less cost before</source>
        <translation>Kosten nach dem Wechsel weniger Kosten davor</translation>
    </message>
    <message>
        <source>Requests that move between tiers</source>
        <translation>Anfragen, die die Stufe wechseln</translation>
    </message>
    <message>
        <source>Flow from</source>
        <translation>Wechsel von</translation>
    </message>
    <message>
        <source>Flow to</source>
        <translation>Wechsel nach</translation>
    </message>
    <message>
        <source>to</source>
        <translation>nach</translation>
    </message>
    <message>
        <source>Cost and &amp;quality</source>
        <translation>Kosten und &amp;Qualität</translation>
    </message>
    <message>
        <source>Who &amp;moves</source>
        <translation>Wer &amp;wechselt</translation>
    </message>
    <message>
        <source>What it &amp;depends on</source>
        <translation>Wo&amp;von es abhängt</translation>
    </message>
    <message>
        <source>&amp;Add Present Policy</source>
        <translation>Jetzige Regelung &amp;hinzufügen</translation>
    </message>
    <message>
        <source>Keep the present policy as a scenario</source>
        <translation>Die jetzige Regelung als Szenario behalten</translation>
    </message>
    <message>
        <source>D&amp;uplicate Scenario</source>
        <translation>Szenario &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy the selected scenario</source>
        <translation>Das gewählte Szenario kopieren</translation>
    </message>
    <message>
        <source>&amp;Rename Scenario...</source>
        <translation>Szenario &amp;umbenennen ...</translation>
    </message>
    <message>
        <source>Give the selected scenario another name</source>
        <translation>Dem gewählten Szenario einen anderen Namen geben</translation>
    </message>
    <message>
        <source>&amp;Pin Scenario</source>
        <translation>Szenario an&amp;heften</translation>
    </message>
    <message>
        <source>Mark the selected scenario as the winner</source>
        <translation>Das gewählte Szenario als Gewinner kennzeichnen</translation>
    </message>
    <message>
        <source>De&amp;lete Scenario</source>
        <translation>Szenario &amp;löschen</translation>
    </message>
    <message>
        <source>Delete the selected scenario; Undo brings it back</source>
        <translation>Das gewählte Szenario löschen; Rückgängig bringt es zurück</translation>
    </message>
    <message>
        <source>&amp;Shape This Scenario</source>
        <translation>Dieses Szenario &amp;formen</translation>
    </message>
    <message>
        <source>Make it the present policy and go to the trade-off</source>
        <translation>Zur jetzigen Regelung machen und zur Abwägung gehen</translation>
    </message>
    <message>
        <source>&amp;Export Policy...</source>
        <translation>Regelung &amp;exportieren ...</translation>
    </message>
    <message>
        <source>Write the selected scenario&apos;s policy as a file</source>
        <translation>Die Regelung des gewählten Szenarios als Datei schreiben</translation>
    </message>
    <message>
        <source>&amp;Import Policy...</source>
        <translation>Regelung &amp;importieren ...</translation>
    </message>
    <message>
        <source>Add a scenario from a policy file</source>
        <translation>Ein Szenario aus einer Regelungsdatei hinzufügen</translation>
    </message>
    <message>
        <source>Comparing scenarios</source>
        <translation>Szenarien werden verglichen</translation>
    </message>
    <message>
        <source>Baseline: %1</source>
        <translation>Vergleich: %1</translation>
    </message>
    <message>
        <source>Present policy: %1</source>
        <translation>Jetzige Regelung: %1</translation>
    </message>
    <message>
        <source>  (Pareto)</source>
        <translation>  (Pareto)</translation>
    </message>
    <message>
        <source>baseline</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>As logged</source>
        <translation>Wie protokolliert</translation>
    </message>
    <message>
        <source>Present policy</source>
        <translation>Jetzige Regelung</translation>
    </message>
    <message numerus="yes">
        <source>%n scenario(s)</source>
        <translation>
            <numerusform>%n Szenario</numerusform>
            <numerusform>%n Szenarien</numerusform>
        </translation>
    </message>
    <message>
        <source>Cost and expected quality, with 95% ranges</source>
        <translation>Kosten und erwartete Qualität mit 95-%-Bereichen</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>expected quality</source>
        <translation>erwartete Qualität</translation>
    </message>
    <message>
        <source>%1 costs %2 at %3</source>
        <translation>%1 kostet %2 bei %3</translation>
    </message>
    <message>
        <source>Hollow marks rest on prior evidence: public benchmarks, not this log&apos;s scores.</source>
        <translation>Hohle Zeichen beruhen auf öffentlichen Vergleichstests, nicht auf den Bewertungen dieses Protokolls.</translation>
    </message>
    <message>
        <source>Following the requests</source>
        <translation>Anfragen werden verfolgt</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>bleibt</translation>
    </message>
    <message>
        <source>Copy of %1</source>
        <translation>Kopie von %1</translation>
    </message>
    <message>
        <source>Select a scenario of your own to rename it</source>
        <translation>Wählen Sie ein eigenes Szenario, um es umzubenennen</translation>
    </message>
    <message>
        <source>Rename scenario</source>
        <translation>Szenario umbenennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>There is a scenario of that name already</source>
        <translation>Ein Szenario mit diesem Namen gibt es schon</translation>
    </message>
    <message>
        <source>Pin scenario</source>
        <translation>Szenario anheften</translation>
    </message>
    <message>
        <source>Unpin scenario</source>
        <translation>Szenario lösen</translation>
    </message>
    <message>
        <source>Delete scenario %1</source>
        <translation>Szenario %1 löschen</translation>
    </message>
    <message>
        <source>Shape %1</source>
        <translation>%1 formen</translation>
    </message>
    <message>
        <source>Export policy</source>
        <translation>Regelung exportieren</translation>
    </message>
    <message>
        <source>Policies (*.json)</source>
        <translation>Regelungen (*.json)</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>%1 geschrieben</translation>
    </message>
    <message>
        <source>Import policy</source>
        <translation>Regelung importieren</translation>
    </message>
    <message>
        <source>%1 is shaped at the project&apos;s own prices and assumptions</source>
      <translation>%1 wird zu den Preisen und Annahmen des Projekts geformt</translation>
    </message>
    <message numerus="yes">
      <source>%n model(s) of its own</source>
      <translation>
        <numerusform>%n eigenes Modell</numerusform>
        <numerusform>%n eigene Modelle</numerusform>
      </translation>
    </message>
    <message>
        <source>&amp;Models of the Scenario...</source>
      <translation>&amp;Modelle des Szenarios ...</translation>
    </message>
    <message>
        <source>After the move</source>
      <translation>Nach dem Wechsel</translation>
    </message>
    <message>
        <source>Against the cheapest single model of at least that quality</source>
      <translation>Gegen das billigste einzelne Modell von mindestens dieser Qualität</translation>
    </message>
    <message>
        <source>Change prices or assumptions of %1</source>
      <translation>Preise oder Annahmen von %1 ändern</translation>
    </message>
    <message>
        <source>Choose models of %1</source>
      <translation>Modelle von %1 wählen</translation>
    </message>
    <message>
        <source>Choose the models that the selected scenario may use</source>
      <translation>Die Modelle wählen, die das Szenario verwenden darf</translation>
    </message>
    <message>
        <source>Compared &amp;with</source>
      <translation>&amp;Verglichen mit</translation>
    </message>
    <message>
        <source>Cost:</source>
      <translation>Kosten:</translation>
    </message>
    <message>
        <source>Expected errors</source>
      <translation>Erwartete Fehler</translation>
    </message>
    <message>
        <source>Gap closed</source>
      <translation>Lücke geschlossen</translation>
    </message>
    <message>
        <source>Give the selected scenario a catalog of another date, or assumptions of its own</source>
      <translation>Dem Szenario einen Katalog von einem anderen Tag oder eigene Annahmen geben</translation>
    </message>
    <message>
        <source>Pinned: %1</source>
      <translation>Angeheftet: %1</translation>
    </message>
    <message>
        <source>Prices and &amp;Assumptions...</source>
      <translation>Preise und &amp;Annahmen ...</translation>
    </message>
    <message>
        <source>Prices and assumptions</source>
      <translation>Preise und Annahmen</translation>
    </message>
    <message>
        <source>Prices and assumptions of %1</source>
      <translation>Preise und Annahmen von %1</translation>
    </message>
    <message>
        <source>Quality:</source>
      <translation>Qualität:</translation>
    </message>
    <message>
        <source>Saved at its quality</source>
      <translation>Gespart bei seiner Qualität</translation>
    </message>
    <message>
        <source>Select a scenario of your own first: the present policy has the project&apos;s prices</source>
      <translation>Wählen Sie zuerst ein eigenes Szenario: Die aktuelle Regelung hat die Preise des Projekts</translation>
    </message>
    <message>
        <source>Select a scenario of your own first; the present policy has its models on the Router page</source>
      <translation>Wählen Sie zuerst ein eigenes Szenario; die Modelle der aktuellen Regelung stehen auf der Seite Router</translation>
    </message>
    <message>
        <source>Share of the oracle&apos;s gap over the best single model</source>
      <translation>Anteil am Abstand des Orakels zum besten einzelnen Modell</translation>
    </message>
    <message>
        <source>The project&apos;s own, or those of the scenario</source>
      <translation>Die des Projekts oder die des Szenarios</translation>
    </message>
    <message>
        <source>own assumptions</source>
      <translation>eigene Annahmen</translation>
    </message>
    <message>
        <source>prices of %1</source>
      <translation>Preise vom %1</translation>
    </message>
    <message>
        <source>the project&apos;s</source>
      <translation>die des Projekts</translation>
    </message>
    <message>
        <source>Add present policy</source>
      <translation>Aktuelle Regelung hinzufügen</translation>
    </message>
    <message>
        <source>What can be done with the selected scenario</source>
      <translation>Was mit dem gewählten Szenario zu tun ist</translation>
    </message>
    <message>
        <source>Of the requests that the baseline has a cost for too</source>
        <translation>Der Anfragen, für die auch der Vergleich Kosten hat</translation>
    </message>
    <message>
        <source>No scenario kept yet: the present policy against the baseline</source>
        <translation>Noch kein Szenario festgehalten: die jetzige Regelung gegen den Vergleich</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::FitMatrix</name>
    <message>
        <source>Requests by tier used and tier needed</source>
        <translation>Anfragen nach genutzter und nötiger Stufe</translation>
    </message>
    <message>
        <source>%1 wasted</source>
        <translation>%1 verschwendet</translation>
    </message>
    <message>
        <source>~%1 errors</source>
        <translation>~%1 Fehler</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>used \ needed</source>
        <translation>genutzt \ nötig</translation>
    </message>
    <message>
        <source>none reaches the bar</source>
        <translation>keine reicht aus</translation>
    </message>
    <message>
        <source>%1 requests in %2 rows, cost %3
wasted %4, expected errors %5</source>
        <translation>%1 Anfragen in %2 Zeilen, Kosten %3
verschwendet %4, erwartete Fehler %5</translation>
    </message>
    <message>
        <source>Used %1, needed %2: %3 requests. %4</source>
        <translation>Genutzt %1, nötig %2: %3 Anfragen. %4</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Genutzt</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>Nötig</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Wasted</source>
        <translation>Verschwendet</translation>
    </message>
    <message>
        <source>Expected errors</source>
        <translation>Erwartete Fehler</translation>
    </message>
    <message>
        <source>not judged</source>
      <translation>nicht beurteilt</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::MixBar</name>
    <message>
        <source>Shares of requests by tier</source>
        <translation>Anteile der Anfragen nach Stufe</translation>
    </message>
    <message>
        <source>Local %1, commodity %2, premium %3</source>
        <translation>Lokal %1, Standard %2, Premium %3</translation>
    </message>
    <message>
        <source>Drag a border to give a tier more or fewer requests. Arrow keys move the active border, Space changes which one is active. Click a tier for its rows.</source>
      <translation>Ziehen Sie eine Grenze, um einer Stufe mehr oder weniger Anfragen zu geben. Pfeiltasten bewegen die aktive Grenze, die Leertaste wechselt sie. Ein Klick auf eine Stufe zeigt ihre Zeilen.</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::PagePreview</name>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ReportPage</name>
    <message>
        <source>Working out what the report will say...</source>
        <translation>Der Bericht wird berechnet ...</translation>
    </message>
    <message>
        <source>Open a log to write a report about it.</source>
        <translation>Öffnen Sie ein Protokoll, um darüber zu berichten.</translation>
    </message>
    <message>
        <source>Proposed scenario</source>
        <translation>Vorgeschlagenes Szenario</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>Leser</translation>
    </message>
    <message>
        <source>Manager: the decision and its risks</source>
        <translation>Leitung: die Entscheidung und ihre Risiken</translation>
    </message>
    <message>
        <source>Analyst: everything</source>
        <translation>Analyse: alles</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Letter</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>&amp;Propose</source>
        <translation>&amp;Vorschlag</translation>
    </message>
    <message>
        <source>&amp;Written for</source>
        <translation>&amp;Geschrieben für</translation>
    </message>
    <message>
        <source>P&amp;aper</source>
        <translation>P&amp;apier</translation>
    </message>
    <message>
        <source>&amp;Sections</source>
        <translation>A&amp;bschnitte</translation>
    </message>
    <message>
        <source>Preview of the report</source>
        <translation>Vorschau des Berichts</translation>
    </message>
    <message>
        <source>Export the report as it is shown</source>
        <translation>Den Bericht so exportieren, wie er gezeigt wird</translation>
    </message>
    <message>
        <source>Export &amp;PDF...</source>
        <translation>&amp;PDF exportieren ...</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Export &amp;Excel...</source>
        <translation>&amp;Excel exportieren ...</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel-Arbeitsmappe (*.xlsx)</translation>
    </message>
    <message>
        <source>Export &amp;HTML...</source>
        <translation>&amp;HTML exportieren ...</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <source>Export &amp;Markdown...</source>
        <translation>&amp;Markdown exportieren ...</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Export &amp;CSV...</source>
        <translation>&amp;CSV exportieren ...</translation>
    </message>
    <message>
        <source>Key figures (*.csv)</source>
        <translation>Kennzahlen (*.csv)</translation>
    </message>
    <message>
        <source>Export &amp;JSON...</source>
        <translation>&amp;JSON exportieren ...</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>P&amp;rint...</source>
        <translation>&amp;Drucken ...</translation>
    </message>
    <message>
        <source>Print the report as it is shown</source>
        <translation>Den Bericht so drucken, wie er gezeigt wird</translation>
    </message>
    <message>
        <source>Fit Page &amp;Width</source>
        <translation>Seiten&amp;breite</translation>
    </message>
    <message>
        <source>Show the preview at the width of the window</source>
        <translation>Die Vorschau in Fensterbreite zeigen</translation>
    </message>
    <message>
        <source>Whole Page</source>
        <translation>Ganze Seite</translation>
    </message>
    <message>
        <source>Show the preview page by page</source>
        <translation>Die Vorschau Seite für Seite zeigen</translation>
    </message>
    <message>
        <source>Writing the report...</source>
        <translation>Der Bericht wird geschrieben ...</translation>
    </message>
    <message>
        <source>Present policy: %1</source>
        <translation>Jetzige Regelung: %1</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Der Bericht wird geschrieben</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n Seite</numerusform>
            <numerusform>%n Seiten</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no report yet</source>
        <translation>Es gibt noch keinen Bericht</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>Exporting %1</source>
        <translation>%1 wird exportiert</translation>
    </message>
    <message>
        <source>Wrote %1</source>
        <translation>%1 geschrieben</translation>
    </message>
    <message>
        <source>Printing the report</source>
        <translation>Bericht wird gedruckt</translation>
    </message>
    <message numerus="yes">
      <source>%n scenario(s) with other models, prices or assumptions are left out.</source>
      <translation>
        <numerusform>%n Szenario mit anderen Modellen, Preisen oder Annahmen ist weggelassen.</numerusform>
        <numerusform>%n Szenarien mit anderen Modellen, Preisen oder Annahmen sind weggelassen.</numerusform>
      </translation>
    </message>
    <message>
        <source>Charts, one file each (*.png)</source>
      <translation>Diagramme, je eine Datei (*.png)</translation>
    </message>
    <message>
        <source>Charts, one file each (*.svg)</source>
      <translation>Diagramme, je eine Datei (*.svg)</translation>
    </message>
    <message>
        <source>Export Charts as P&amp;NG...</source>
      <translation>Diagramme als P&amp;NG exportieren ...</translation>
    </message>
    <message>
        <source>Export Charts as S&amp;VG...</source>
      <translation>Diagramme als S&amp;VG exportieren ...</translation>
    </message>
    <message>
        <source>Export FO&amp;CUS Rows...</source>
      <translation>FO&amp;CUS-Zeilen exportieren ...</translation>
    </message>
    <message>
        <source>FOCUS 1.2 rows (*.csv)</source>
      <translation>FOCUS-1.2-Zeilen (*.csv)</translation>
    </message>
    <message>
        <source>FOCUS rows</source>
      <translation>FOCUS-Zeilen</translation>
    </message>
    <message>
        <source>Markdown</source>
      <translation>Markdown</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::RoutedRowsModel</name>
    <message>
        <source>infeasible</source>
        <translation>nicht machbar</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation>Zeit (UTC)</translation>
    </message>
    <message>
        <source>Logged model</source>
        <translation>Protokolliertes Modell</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Geht an</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>%1: rows on %2</source>
        <translation>%1: Zeilen auf %2</translation>
    </message>
    <message>
        <source>%1: rows</source>
        <translation>%1: Zeilen</translation>
    </message>
    <message>
        <source>Looking up the rows...</source>
        <translation>Die Zeilen werden nachgeschlagen ...</translation>
    </message>
    <message>
        <source>Rows and where they go</source>
        <translation>Zeilen und wohin sie gehen</translation>
    </message>
    <message>
        <source>Looking up rows</source>
        <translation>Zeilen werden nachgeschlagen</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::TierFitPage</name>
    <message>
        <source>No request here went to a dearer tier than it needs.</source>
        <translation>Hier ging keine Anfrage an eine teurere Stufe, als sie braucht.</translation>
    </message>
    <message>
        <source>No request here went to a cheaper tier than it needs.</source>
        <translation>Hier ging keine Anfrage an eine billigere Stufe, als sie braucht.</translation>
    </message>
    <message>
        <source>Nothing of yours yet. Select requests in the other lists and press 1, 2 or 3 to say which tier they really need.</source>
        <translation>Noch nichts von Ihnen. Wählen Sie in den anderen Listen Anfragen und drücken Sie 1, 2 oder 3, um zu sagen, welche Stufe sie wirklich brauchen.</translation>
    </message>
    <message>
        <source>Working out what every request needs...</source>
        <translation>Es wird berechnet, was jede Anfrage braucht ...</translation>
    </message>
    <message>
        <source>Open a log to see which requests are on the wrong tier.</source>
        <translation>Öffnen Sie ein Protokoll, um zu sehen, welche Anfragen auf der falschen Stufe liegen.</translation>
    </message>
    <message>
        <source>Tier fit in one sentence</source>
        <translation>Stufenpassung in einem Satz</translation>
    </message>
    <message>
        <source>Quality that a tier must reach</source>
        <translation>Qualität, die eine Stufe erreichen muss</translation>
    </message>
    <message>
        <source>The tier a request needs is the cheapest one whose expected quality reaches this</source>
        <translation>Die nötige Stufe ist die billigste, deren erwartete Qualität dies erreicht</translation>
    </message>
    <message>
        <source>A tier fits when its expected &amp;quality reaches</source>
        <translation>Eine Stufe passt, wenn ihre erwartete &amp;Qualität erreicht</translation>
    </message>
    <message>
        <source>The log as it is</source>
        <translation>Das Protokoll, wie es ist</translation>
    </message>
    <message>
        <source>The present policy</source>
        <translation>Die jetzige Regelung</translation>
    </message>
    <message>
        <source>Whose tiers are judged</source>
        <translation>Wessen Stufen beurteilt werden</translation>
    </message>
    <message>
        <source>Overserved requests</source>
        <translation>Überversorgte Anfragen</translation>
    </message>
    <message>
        <source>Underserved requests</source>
        <translation>Unterversorgte Anfragen</translation>
    </message>
    <message>
        <source>&amp;Overserved</source>
        <translation>&amp;Überversorgt</translation>
    </message>
    <message>
        <source>&amp;Underserved</source>
        <translation>U&amp;nterversorgt</translation>
    </message>
    <message>
        <source>Needs &amp;Premium</source>
        <translation>Braucht &amp;Premium</translation>
    </message>
    <message>
        <source>The selected requests need the premium tier</source>
        <translation>Die gewählten Anfragen brauchen die Premium-Stufe</translation>
    </message>
    <message>
        <source>Needs &amp;Commodity</source>
        <translation>Braucht &amp;Standard</translation>
    </message>
    <message>
        <source>The selected requests need the commodity tier</source>
        <translation>Die gewählten Anfragen brauchen die Standard-Stufe</translation>
    </message>
    <message>
        <source>Needs &amp;Local</source>
        <translation>&amp;Lokal genügt</translation>
    </message>
    <message>
        <source>The local tier is enough for the selected requests</source>
        <translation>Die lokale Stufe genügt für die gewählten Anfragen</translation>
    </message>
    <message>
        <source>Take Override &amp;Back</source>
        <translation>Angabe &amp;zurücknehmen</translation>
    </message>
    <message>
        <source>Remove the override of the selected requests</source>
        <translation>Die Angabe zu den gewählten Anfragen entfernen</translation>
    </message>
    <message>
        <source>Show Matrix as &amp;Table</source>
        <translation>Matrix als &amp;Tabelle zeigen</translation>
    </message>
    <message>
        <source>Show the matrix as a table that can be copied</source>
        <translation>Die Matrix als Tabelle zeigen, die sich kopieren lässt</translation>
    </message>
    <message>
        <source>Tier fit</source>
        <translation>Stufenpassung</translation>
    </message>
    <message>
        <source>Fitting tiers</source>
        <translation>Stufenpassung wird berechnet</translation>
    </message>
    <message>
        <source>%1 went to requests that a cheaper tier would have served (%2 requests); about %3 errors are expected on %4 requests that needed a better one.</source>
        <translation>%1 gingen an Anfragen, denen eine billigere Stufe genügt hätte (%2 Anfragen); etwa %3 Fehler sind bei %4 Anfragen zu erwarten, die eine bessere gebraucht hätten.</translation>
    </message>
    <message>
        <source>&amp;Overserved: %1</source>
        <translation>&amp;Überversorgt: %1</translation>
    </message>
    <message>
        <source>&amp;Underserved: ~%1 errors</source>
        <translation>U&amp;nterversorgt: ~%1 Fehler</translation>
    </message>
    <message>
        <source>Evidence: %1</source>
        <translation>Beleg: %1</translation>
    </message>
    <message>
        <source>none reaches the bar</source>
        <translation>keine reicht aus</translation>
    </message>
    <message numerus="yes">
        <source>Override %n request(s)</source>
        <translation>
            <numerusform>Angabe zu %n Anfrage</numerusform>
            <numerusform>Angabe zu %n Anfragen</numerusform>
        </translation>
    </message>
    <message>
        <source>Take overrides back</source>
        <translation>Angaben zurücknehmen</translation>
    </message>
    <message>
        <source>Saving overrides</source>
        <translation>Angaben werden gesichert</translation>
    </message>
    <message>
        <source>Reading overrides</source>
        <translation>Angaben werden gelesen</translation>
    </message>
    <message>
        <source>%1 requests are too many to judge at once (%2 at most): narrow the list to a cell or a segment first</source>
      <translation>%1 Anfragen sind zu viele, um sie auf einmal zu beurteilen (höchstens %2): grenzen Sie die Liste zuerst auf ein Feld oder ein Segment ein</translation>
    </message>
    <message numerus="yes">
      <source>%n override(s): wasted money %1 instead of %2, expected errors %3 instead of %4, over all requests.</source>
      <translation>
        <numerusform>%n Urteil: verschwendetes Geld %1 statt %2, erwartete Fehler %3 statt %4, über alle Anfragen.</numerusform>
        <numerusform>%n Urteile: verschwendetes Geld %1 statt %2, erwartete Fehler %3 statt %4, über alle Anfragen.</numerusform>
      </translation>
    </message>
    <message>
        <source>All of the List Need C&amp;ommodity</source>
      <translation>Die ganze Liste braucht St&amp;andard</translation>
    </message>
    <message>
        <source>All of the List Need Lo&amp;cal</source>
      <translation>Die ganze Liste braucht Lo&amp;kal</translation>
    </message>
    <message>
        <source>All of the List Need P&amp;remium</source>
      <translation>Die ganze Liste braucht P&amp;remium</translation>
    </message>
    <message>
        <source>All requests.</source>
      <translation>Alle Anfragen.</translation>
    </message>
    <message>
        <source>Counting in the overrides</source>
      <translation>Urteile werden eingerechnet</translation>
    </message>
    <message>
        <source>Drop the cell and the segment that the lists are narrowed to</source>
      <translation>Die Eingrenzung der Listen auf Feld und Segment aufheben</translation>
    </message>
    <message>
        <source>Every request of this list, shown or not, needs the commodity tier</source>
      <translation>Jede Anfrage dieser Liste, gezeigt oder nicht, braucht die Standardstufe</translation>
    </message>
    <message>
        <source>Every request of this list, shown or not, needs the premium tier</source>
      <translation>Jede Anfrage dieser Liste, gezeigt oder nicht, braucht die Premiumstufe</translation>
    </message>
    <message>
        <source>Looking up requests</source>
      <translation>Anfragen werden gesucht</translation>
    </message>
    <message>
        <source>Only %1.</source>
      <translation>Nur %1.</translation>
    </message>
    <message>
        <source>Press 1 for premium, 2 for commodity, 3 for local to say what the selected requests really need; 0 takes it back. With Ctrl+Alt it is said of all requests of this list, shown or not.</source>
      <translation>1 für Premium, 2 für Standard, 3 für Lokal sagt, was die gewählten Anfragen wirklich brauchen; 0 nimmt es zurück. Mit Strg+Alt gilt es für alle Anfragen dieser Liste, gezeigt oder nicht.</translation>
    </message>
    <message>
        <source>Remove the overrides of every request of this list</source>
      <translation>Die Urteile über jede Anfrage dieser Liste entfernen</translation>
    </message>
    <message>
        <source>Select requests in the list first</source>
      <translation>Wählen Sie zuerst Anfragen in der Liste</translation>
    </message>
    <message>
        <source>Show &amp;All Requests</source>
      <translation>&amp;Alle Anfragen zeigen</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
      <translation>&amp;Alle zeigen</translation>
    </message>
    <message>
        <source>Split &amp;by</source>
      <translation>Aufteilen &amp;nach</translation>
    </message>
    <message>
        <source>Split by</source>
      <translation>Aufteilen nach</translation>
    </message>
    <message>
        <source>Take Overrides of the List Back</source>
      <translation>Urteile der Liste zurücknehmen</translation>
    </message>
    <message>
        <source>The %1 that matter most are listed.</source>
      <translation>Die %1 wichtigsten sind aufgeführt.</translation>
    </message>
    <message>
        <source>The local tier is enough for every request of this list, shown or not</source>
      <translation>Für jede Anfrage dieser Liste, gezeigt oder nicht, genügt die lokale Stufe</translation>
    </message>
    <message>
        <source>Tier fit by segment</source>
      <translation>Stufenpassung nach Segment</translation>
    </message>
    <message>
        <source>used %1, needed %2</source>
      <translation>benutzt %1, gebraucht %2</translation>
    </message>
    <message>
        <source>%1 requests used a model of no tier and are not judged: give it a tier on the Catalog page.</source>
      <translation>%1 Anfragen benutzten ein Modell ohne Stufe und sind nicht beurteilt: geben Sie ihm eine auf der Seite Katalog.</translation>
    </message>
    <message>
        <source>The log names no model with a price, so there is no tier in use to judge. Choose a policy below to see what its requests would get.</source>
        <translation>Das Protokoll nennt kein Modell mit Preis, also gibt es keine genutzte Stufe zu beurteilen. Wählen Sie unten eine Regelung, um zu sehen, was ihre Anfragen bekämen.</translation>
    </message>
    <message>
        <source>Your overrides</source>
        <translation>Ihre Worte</translation>
    </message>
    <message>
        <source>&amp;Your word</source>
        <translation>Ihr &amp;Wort</translation>
    </message>
    <message>
        <source>&amp;Your word: %1</source>
        <translation>Ihr &amp;Wort: %1</translation>
    </message>
    <message>
        <source>&amp;Recalibrate</source>
        <translation>Neu &amp;kalibrieren</translation>
    </message>
    <message>
        <source>Recal&amp;ibrate with Overrides</source>
        <translation>Mit eigenen Worten neu kal&amp;ibrieren</translation>
    </message>
    <message>
        <source>Fit the quality of models anew, with your overrides as scored answers</source>
        <translation>Güte der Modelle neu anpassen, mit Ihren Worten als bewerteten Antworten</translation>
    </message>
    <message>
        <source>All overrides are counted in already</source>
        <translation>Alle Worte zählen schon mit</translation>
    </message>
    <message numerus="yes">
        <source>%n override(s) do not count as scored answers yet.</source>
        <translation>
            <numerusform>%n Wort zählt noch nicht als bewertete Antwort.</numerusform>
            <numerusform>%n Worte zählen noch nicht als bewertete Antworten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n override(s) that you took back still count.</source>
        <translation>
            <numerusform>%n zurückgenommenes Wort zählt noch.</numerusform>
            <numerusform>%n zurückgenommene Worte zählen noch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n override(s) count as scored answers of the models.</source>
        <translation>
            <numerusform>%n Wort zählt als bewertete Antwort der Modelle.</numerusform>
            <numerusform>%n Worte zählen als bewertete Antworten der Modelle.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tierwise::ui::TradeoffPage</name>
    <message>
        <source>Working out what every request would cost on every model...</source>
        <translation>Es wird berechnet, was jede Anfrage auf jedem Modell kosten würde ...</translation>
    </message>
    <message>
        <source>Open a log to see what it could cost at what quality.</source>
        <translation>Öffnen Sie ein Protokoll, um zu sehen, was es bei welcher Qualität kosten könnte.</translation>
    </message>
    <message>
        <source>The answer in one sentence</source>
        <translation>Die Antwort in einem Satz</translation>
    </message>
    <message>
        <source>Compared &amp;with</source>
        <translation>&amp;Verglichen mit</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Share of requests</source>
        <translation>Anteil der Anfragen</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Cost of this tier</source>
        <translation>Kosten dieser Stufe</translation>
    </message>
    <message>
        <source>Of cost</source>
        <translation>Der Kosten</translation>
    </message>
    <message>
        <source>Share of the policy&apos;s cost</source>
        <translation>Anteil an den Kosten der Regelung</translation>
    </message>
    <message>
        <source>Mix by tier</source>
        <translation>Mischung nach Stufe</translation>
    </message>
    <message>
        <source>Mix: share of requests by tier</source>
        <translation>Mischung: Anteil der Anfragen nach Stufe</translation>
    </message>
    <message>
        <source>Keep as &amp;Scenario</source>
        <translation>Als &amp;Szenario behalten</translation>
    </message>
    <message>
        <source>Keep the present policy as a named scenario</source>
        <translation>Die jetzige Regelung als benanntes Szenario behalten</translation>
    </message>
    <message>
        <source>&amp;Logarithmic Cost</source>
        <translation>&amp;Logarithmische Kosten</translation>
    </message>
    <message>
        <source>Show cost on a logarithmic axis</source>
        <translation>Kosten auf einer logarithmischen Achse zeigen</translation>
    </message>
    <message>
        <source>&amp;Cheaper</source>
        <translation>&amp;Billiger</translation>
    </message>
    <message>
        <source>Move the policy 2% down the frontier</source>
        <translation>Die Regelung 2 % auf der Grenzkurve nach unten</translation>
    </message>
    <message>
        <source>&amp;Dearer</source>
        <translation>&amp;Teurer</translation>
    </message>
    <message>
        <source>Move the policy 2% up the frontier</source>
        <translation>Die Regelung 2 % auf der Grenzkurve nach oben</translation>
    </message>
    <message>
        <source>&amp;Balanced Policy</source>
        <translation>&amp;Ausgewogene Regelung</translation>
    </message>
    <message>
        <source>Go back to the suggested policy</source>
        <translation>Zur vorgeschlagenen Regelung zurück</translation>
    </message>
    <message>
        <source>Suggested policy</source>
        <translation>Vorgeschlagene Regelung</translation>
    </message>
    <message>
        <source>Show Chart as &amp;Table</source>
        <translation>Diagramm als Ta&amp;belle zeigen</translation>
    </message>
    <message>
        <source>Show the values of the chart as a table</source>
        <translation>Die Werte des Diagramms als Tabelle zeigen</translation>
    </message>
    <message>
        <source>&amp;Export Chart...</source>
        <translation>Diagramm &amp;exportieren ...</translation>
    </message>
    <message>
        <source>Export the chart as PNG, SVG, PDF or CSV</source>
        <translation>Das Diagramm als PNG, SVG, PDF oder CSV exportieren</translation>
    </message>
    <message>
        <source>No request has a difficulty yet: thresholds look at the length of the prompt.</source>
        <translation>Noch keine Anfrage hat eine Schwierigkeit: Schwellen richten sich nach der Länge des Prompts.</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 Anfragen</translation>
    </message>
    <message>
        <source>Move the policy</source>
        <translation>Regelung verschieben</translation>
    </message>
    <message>
        <source>Shape the mix</source>
        <translation>Mischung formen</translation>
    </message>
    <message>
        <source>Evaluating the policy</source>
        <translation>Die Regelung wird bewertet</translation>
    </message>
    <message>
        <source>Weakest evidence: %1.</source>
        <translation>Schwächster Beleg: %1.</translation>
    </message>
    <message>
        <source>%1 of %2 rows are left out: unpriced, without counts or infeasible.</source>
        <translation>%1 von %2 Zeilen fehlen: ohne Preis, ohne Zählung oder nicht machbar.</translation>
    </message>
    <message>
        <source>Cost:</source>
      <translation>Kosten:</translation>
    </message>
    <message>
        <source>Double click a tier, or press Return on it, for its rows</source>
      <translation>Doppelklick oder Eingabe auf einer Stufe zeigt ihre Zeilen</translation>
    </message>
    <message>
        <source>Quality:</source>
      <translation>Qualität:</translation>
    </message>
    <message>
        <source>The frontier goes from %1 at %2 to %3 at %4.</source>
      <translation>Die Grenze reicht von %1 bei %2 bis %3 bei %4.</translation>
    </message>
    <message>
        <source>range of sampling alone, while dragging</source>
      <translation>Bereich der Stichprobe allein, beim Ziehen</translation>
    </message>
    <message>
        <source>this policy</source>
      <translation>dieser Regelung</translation>
    </message>
    <message numerus="yes">
        <source>%n further note(s), shown as a tip here.</source>
        <translation>
            <numerusform>%n weiterer Hinweis, hier als Tipp.</numerusform>
            <numerusform>%n weitere Hinweise, hier als Tipp.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TradeoffWords</name>
    <message>
        <source>Your policy</source>
        <translation>Ihre Regelung</translation>
    </message>
    <message>
        <source>you are here</source>
        <translation>Sie sind hier</translation>
    </message>
    <message>
        <source>Cost and expected quality</source>
        <translation>Kosten und erwartete Qualität</translation>
    </message>
    <message>
        <source>cost of these requests</source>
        <translation>Kosten dieser Anfragen</translation>
    </message>
    <message>
        <source>expected quality</source>
        <translation>erwartete Qualität</translation>
    </message>
    <message>
        <source>Exact frontier</source>
        <translation>Exakte Grenzkurve</translation>
    </message>
    <message>
        <source>most quality that any allocation reaches for this cost</source>
        <translation>die höchste Qualität, die eine Zuteilung für diese Kosten erreicht</translation>
    </message>
    <message>
        <source>Thresholds on difficulty</source>
        <translation>Schwellen auf der Schwierigkeit</translation>
    </message>
    <message>
        <source>Thresholds on prompt length</source>
        <translation>Schwellen auf der Länge des Prompts</translation>
    </message>
    <message>
        <source>Random mix</source>
        <translation>Zufällige Mischung</translation>
    </message>
    <message>
        <source>what shares alone would do, without looking at the requests</source>
        <translation>was Anteile allein brächten, ohne die Anfragen anzusehen</translation>
    </message>
    <message>
        <source>All on one: %1</source>
        <translation>Alles auf einem: %1</translation>
    </message>
    <message>
        <source>As logged</source>
        <translation>Wie protokolliert</translation>
    </message>
    <message>
        <source>as logged</source>
        <translation>wie protokolliert</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>Szenarien</translation>
    </message>
    <message>
        <source>The saving depends most on</source>
        <translation>Die Ersparnis hängt am meisten ab von</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The saving of %1 depends most on %2: from %3.</source>
        <translation>Die Ersparnis von %1 hängt am meisten ab von %2: von %3.</translation>
    </message>
    <message>
        <source>%1 (best single)</source>
      <translation>%1 (bestes einzelnes)</translation>
    </message>
    <message>
        <source>Oracle</source>
      <translation>Orakel</translation>
    </message>
    <message>
        <source>Saving</source>
      <translation>Ersparnis</translation>
    </message>
    <message>
        <source>oracle</source>
      <translation>Orakel</translation>
    </message>
    <message>
        <source>saving</source>
      <translation>Ersparnis</translation>
    </message>
    <message>
        <source>the cheapest of the best answers, known in advance: a bound, not a policy</source>
      <translation>die billigste der besten Antworten, im Voraus bekannt: eine Schranke, keine Regelung</translation>
    </message>
    <message>
        <source>Within your rules and constraints</source>
      <translation>In Ihren Regeln und Vorgaben</translation>
    </message>
    <message>
        <source>most quality for this cost that the rules and constraints of the policy leave</source>
      <translation>höchste Qualität zu diesen Kosten, die Regeln und Vorgaben der Regelung lassen</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::CascadeSteps</name>
    <message>
        <source>Steps of the cascade</source>
        <translation>Stufen der Kaskade</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>Right answers accepted</source>
        <translation>Richtige Antworten angenommen</translation>
    </message>
    <message>
        <source>Wrong answers accepted</source>
        <translation>Falsche Antworten angenommen</translation>
    </message>
    <message>
        <source>Add step</source>
        <translation>Schritt hinzufügen</translation>
    </message>
    <message>
        <source>Remove step</source>
        <translation>Schritt entfernen</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::PolicyEditor</name>
    <message>
        <source>Kind of policy</source>
        <translation>Art der Regelung</translation>
    </message>
    <message>
        <source>Po&amp;licy</source>
        <translation>&amp;Regelung</translation>
    </message>
    <message>
        <source>Where everything goes</source>
        <translation>Wohin alles geht</translation>
    </message>
    <message>
        <source>&amp;Goes to</source>
        <translation>&amp;Geht an</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>for every calendar &amp;month, paced by day</source>
        <translation>für jeden Kalender&amp;monat, nach Tagen verteilt</translation>
    </message>
    <message>
        <source>The floor holds</source>
        <translation>Die Untergrenze gilt</translation>
    </message>
    <message>
        <source>over all requests</source>
        <translation>über alle Anfragen</translation>
    </message>
    <message>
        <source>in every team by itself</source>
        <translation>in jedem Team für sich</translation>
    </message>
    <message>
        <source>in every tag by itself</source>
        <translation>in jedem Etikett für sich</translation>
    </message>
    <message>
        <source>in every domain by itself</source>
        <translation>in jedem Fachgebiet für sich</translation>
    </message>
    <message>
        <source>in every data class by itself</source>
        <translation>in jeder Datenklasse für sich</translation>
    </message>
    <message>
        <source>for every user by itself</source>
        <translation>für jeden Nutzer für sich</translation>
    </message>
    <message>
        <source>on every day by itself</source>
        <translation>an jedem Tag für sich</translation>
    </message>
    <message>
        <source>&amp;Holds</source>
        <translation>&amp;Gilt</translation>
    </message>
    <message>
        <source>%1 tier</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>Expected &amp;quality</source>
        <translation>Erwartete &amp;Qualität</translation>
    </message>
    <message>
        <source>&amp;Budget</source>
        <translation>&amp;Budget</translation>
    </message>
    <message>
        <source>&amp;Worth of a right answer</source>
        <translation>&amp;Wert einer richtigen Antwort</translation>
    </message>
    <message>
        <source>Tiers of this policy by length of the prompt: no request has a difficulty</source>
        <translation>Stufen dieser Strategie nach Länge des Prompts: keine Anfrage hat eine Schwierigkeit</translation>
    </message>
    <message>
        <source>Tiers of this policy by difficulty</source>
        <translation>Stufen dieser Strategie nach Schwierigkeit</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>tier and number of requests</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 requests do not say how long they are and are not drawn.</source>
        <translation>%1 Anfragen sagen nicht, wie lang sie sind, und sind nicht gezeichnet.</translation>
    </message>
    <message>
        <source>%1 requests have no difficulty and are not drawn.</source>
        <translation>%1 Anfragen haben keine Schwierigkeit und sind nicht gezeichnet.</translation>
    </message>
    <message>
        <source>Requests by difficulty</source>
        <translation>Anfragen nach Schwierigkeit</translation>
    </message>
    <message>
        <source>difficulty</source>
        <translation>Schwierigkeit</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Quality at least %1</source>
        <translation>Qualität mindestens %1</translation>
    </message>
    <message>
        <source>%1 a month</source>
        <translation>%1 im Monat</translation>
    </message>
    <message>
        <source>Budget %1</source>
        <translation>Budget %1</translation>
    </message>
    <message>
        <source>A right answer is worth %1</source>
        <translation>Eine richtige Antwort ist %1 wert</translation>
    </message>
    <message>
        <source>All on %1</source>
        <translation>Alles auf %1</translation>
    </message>
    <message>
        <source>A cascade needs two steps at least</source>
        <translation>Eine Kaskade braucht mindestens zwei Schritte</translation>
    </message>
    <message>
        <source>This policy was read from a file and has parts that cannot be shown here: it runs as it is written. Choosing a kind above replaces it.</source>
      <translation>Diese Regelung wurde aus einer Datei gelesen und hat Teile, die hier nicht zu zeigen sind: Sie läuft, wie sie geschrieben ist. Wer oben eine Art wählt, ersetzt sie.</translation>
    </message>
    <message>
        <source>input tokens</source>
      <translation>Eingabetoken</translation>
    </message>
    <message>
        <source>Requests by length of the prompt: none has a difficulty</source>
        <translation>Anfragen nach Länge des Prompts: keine hat eine Schwierigkeit</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::RouterPage</name>
    <message>
        <source>Import &amp;Outcomes...</source>
        <translation>&amp;Ergebnisse importieren ...</translation>
    </message>
    <message>
        <source>Bring in scores of answers: their request, their model, and how good they were</source>
        <translation>Bewertungen von Antworten hereinholen: ihre Anfrage, ihr Modell und wie gut sie waren</translation>
    </message>
    <message>
        <source>&amp;Fit Difficulty to Scores</source>
        <translation>Schwierigkeit an Bewertungen an&amp;passen</translation>
    </message>
    <message>
        <source>Fit the difficulty of prompts to the scores of this project, where that says more of them</source>
        <translation>Die Schwierigkeit der Prompts an die Bewertungen dieses Projekts anpassen, wo das mehr über sie sagt</translation>
    </message>
    <message>
        <source>Working out what every model would cost...</source>
        <translation>Es wird berechnet, was jedes Modell kosten würde ...</translation>
    </message>
    <message>
        <source>Open a log to shape a policy for its requests.</source>
        <translation>Öffnen Sie ein Protokoll, um eine Regelung für seine Anfragen zu formen.</translation>
    </message>
    <message>
        <source>What the policy does</source>
        <translation>Was die Regelung tut</translation>
    </message>
    <message>
        <source>&amp;Policy</source>
        <translation>&amp;Regelung</translation>
    </message>
    <message>
        <source>&amp;Rules</source>
        <translation>Re&amp;geln</translation>
    </message>
    <message>
        <source>&amp;Constraints</source>
        <translation>&amp;Bedingungen</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>&amp;Modelle</translation>
    </message>
    <message>
        <source>Ca&amp;libration</source>
        <translation>&amp;Kalibrierung</translation>
    </message>
    <message>
        <source>&amp;Why this tier</source>
        <translation>&amp;Warum diese Stufe</translation>
    </message>
    <message>
        <source>Change policy</source>
        <translation>Regelung ändern</translation>
    </message>
    <message>
        <source>The models that policies can choose from, one or more a tier, and what everything on that model would cost and reach.</source>
        <translation>Die Modelle, aus denen Regelungen wählen können, eines oder mehrere je Stufe, und was alles auf diesem Modell kosten und erreichen würde.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Offering</source>
        <translation>Angebot</translation>
    </message>
    <message>
        <source>Cost of all</source>
        <translation>Kosten von allem</translation>
    </message>
    <message>
        <source>Everything on this model</source>
        <translation>Alles auf diesem Modell</translation>
    </message>
    <message>
        <source>Expected quality</source>
        <translation>Erwartete Qualität</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Infeasible rows</source>
        <translation>Nicht machbare Zeilen</translation>
    </message>
    <message>
        <source>Requests that it cannot serve</source>
        <translation>Anfragen, die es nicht bedienen kann</translation>
    </message>
    <message>
        <source>Candidate models</source>
        <translation>Modelle zur Wahl</translation>
    </message>
    <message>
        <source>%1 tier</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>Regelung</translation>
    </message>
    <message>
        <source>As logged</source>
        <translation>Wie protokolliert</translation>
    </message>
    <message>
        <source>Evaluating the policy</source>
        <translation>Die Regelung wird bewertet</translation>
    </message>
    <message>
        <source>%1: %2 (%3), expected quality %4. Premium %5, commodity %6, local %7 of requests.</source>
        <translation>%1: %2 (%3), erwartete Qualität %4. Premium %5, Standard %6, lokal %7 der Anfragen.</translation>
    </message>
    <message>
        <source>Evidence: %1</source>
        <translation>Beleg: %1</translation>
    </message>
    <message>
        <source>Checking calibration</source>
        <translation>Kalibrierung wird geprüft</translation>
    </message>
    <message>
        <source>&amp;Add Rule...</source>
      <translation>Regel &amp;hinzufügen ...</translation>
    </message>
    <message>
        <source>&amp;Balanced Policy</source>
      <translation>&amp;Ausgewogene Regelung</translation>
    </message>
    <message>
        <source>&amp;Why This Tier</source>
      <translation>&amp;Warum diese Stufe</translation>
    </message>
    <message>
        <source>Add a rule that comes before the router</source>
      <translation>Eine Regel hinzufügen, die vor dem Router kommt</translation>
    </message>
    <message>
        <source>Choose &amp;Models...</source>
      <translation>&amp;Modelle wählen ...</translation>
    </message>
    <message>
        <source>Choose &amp;models...</source>
      <translation>&amp;Modelle wählen ...</translation>
    </message>
    <message>
        <source>Choose models</source>
      <translation>Modelle wählen</translation>
    </message>
    <message>
        <source>Choose the candidates of each tier out of the catalog</source>
      <translation>Die Kandidaten jeder Stufe aus dem Katalog wählen</translation>
    </message>
    <message>
        <source>Go back to the suggested policy</source>
      <translation>Zur vorgeschlagenen Regelung zurück</translation>
    </message>
    <message>
        <source>Keep as &amp;Scenario</source>
      <translation>Als &amp;Szenario behalten</translation>
    </message>
    <message>
        <source>Keep the present policy as a named scenario</source>
      <translation>Die jetzige Regelung als benanntes Szenario behalten</translation>
    </message>
    <message>
        <source>Show the &amp;catalog</source>
      <translation>&amp;Katalog zeigen</translation>
    </message>
    <message>
        <source>Suggested policy</source>
      <translation>Vorgeschlagene Regelung</translation>
    </message>
    <message>
        <source>Thresholds %1 and %2: %3, expected quality %4. Premium %5, commodity %6, local %7 of requests.</source>
      <translation>Schwellen %1 und %2: %3, erwartete Qualität %4. Premium %5, Standard %6, lokal %7 der Anfragen.</translation>
    </message>
    <message>
        <source>Try a prompt: where it would go, and why</source>
      <translation>Einen Prompt probieren: wohin er ginge, und warum</translation>
    </message>
    <message>
        <source>Cost</source>
      <translation>Kosten</translation>
    </message>
    <message>
        <source>Of all requests</source>
      <translation>Von allen Anfragen</translation>
    </message>
    <message>
        <source>Of its answers</source>
      <translation>Seiner Antworten</translation>
    </message>
    <message>
        <source>Requests</source>
      <translation>Anfragen</translation>
    </message>
    <message>
        <source>Share</source>
      <translation>Anteil</translation>
    </message>
    <message>
        <source>Where requests go under the policy</source>
      <translation>Wohin Anfragen unter der Regelung gehen</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::RulesEditor</name>
    <message>
        <source>%1 is %2</source>
        <translation>%1 ist %2</translation>
    </message>
    <message>
        <source>prompt matches /%1/</source>
        <translation>Prompt passt auf /%1/</translation>
    </message>
    <message>
        <source>prompt holds %1</source>
        <translation>Prompt enthält %1</translation>
    </message>
    <message>
        <source>data class</source>
        <translation>Datenklasse</translation>
    </message>
    <message>
        <source>team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>Etikett</translation>
    </message>
    <message>
        <source>domain</source>
        <translation>Fachgebiet</translation>
    </message>
    <message>
        <source>user</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>input of at least %1 tokens</source>
        <translation>Eingabe von mindestens %1 Tokens</translation>
    </message>
    <message>
        <source>input of at most %1 tokens</source>
        <translation>Eingabe von höchstens %1 Tokens</translation>
    </message>
    <message>
        <source>difficulty at least %1</source>
        <translation>Schwierigkeit mindestens %1</translation>
    </message>
    <message>
        <source>difficulty at most %1</source>
        <translation>Schwierigkeit höchstens %1</translation>
    </message>
    <message>
        <source>always</source>
        <translation>immer</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>%1  →  %2</source>
        <translation>%1  →  %2</translation>
    </message>
    <message>
        <source>Rules, in order</source>
        <translation>Regeln, der Reihe nach</translation>
    </message>
    <message>
        <source>Rules come before everything else; the first that applies wins. Drag them into order.</source>
        <translation>Regeln kommen vor allem anderen; die erste zutreffende gilt. Ziehen Sie sie in die richtige Reihenfolge.</translation>
    </message>
    <message>
        <source>&amp;Add rule...</source>
        <translation>Regel &amp;hinzufügen ...</translation>
    </message>
    <message>
        <source>Add a rule at the end</source>
        <translation>Am Ende eine Regel hinzufügen</translation>
    </message>
    <message>
        <source>Ed&amp;it...</source>
        <translation>&amp;Ändern ...</translation>
    </message>
    <message>
        <source>Change the selected rule</source>
        <translation>Die gewählte Regel ändern</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Remove the selected rule</source>
        <translation>Die gewählte Regel entfernen</translation>
    </message>
    <message>
        <source>U&amp;p</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Earlier (Alt+Up)</source>
        <translation>Früher (Alt+Hoch)</translation>
    </message>
    <message>
        <source>Do&amp;wn</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Later (Alt+Down)</source>
        <translation>Später (Alt+Runter)</translation>
    </message>
    <message>
        <source>Rule earlier</source>
        <translation>Regel früher</translation>
    </message>
    <message>
        <source>Rule later</source>
        <translation>Regel später</translation>
    </message>
    <message>
        <source>Order rules</source>
        <translation>Regeln ordnen</translation>
    </message>
    <message>
        <source>Add rule</source>
        <translation>Regel hinzufügen</translation>
    </message>
    <message>
        <source>Change rule</source>
        <translation>Regel ändern</translation>
    </message>
    <message>
        <source>Remove rule</source>
        <translation>Regel entfernen</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>several with commas between</source>
        <translation>mehrere mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>Prompt &amp;holds</source>
        <translation>Prompt ent&amp;hält</translation>
    </message>
    <message>
        <source>Prompt m&amp;atches</source>
        <translation>Prompt p&amp;asst auf</translation>
    </message>
    <message>
        <source>regular expression (RE2)</source>
        <translation>regulärer Ausdruck (RE2)</translation>
    </message>
    <message>
        <source>&amp;Data class</source>
        <translation>&amp;Datenklasse</translation>
    </message>
    <message>
        <source>pii, secret</source>
        <translation>pii, secret</translation>
    </message>
    <message>
        <source>&amp;Team</source>
        <translation>&amp;Team</translation>
    </message>
    <message>
        <source>Ta&amp;g</source>
        <translation>&amp;Etikett</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>At l&amp;east so many input tokens</source>
        <translation>&amp;Mindestens so viele Eingabe-Tokens</translation>
    </message>
    <message>
        <source>At mo&amp;st so many input tokens</source>
        <translation>H&amp;öchstens so viele Eingabe-Tokens</translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation>Geht an</translation>
    </message>
    <message>
        <source>&amp;Goes to</source>
        <translation>&amp;Geht an</translation>
    </message>
    <message>
        <source>&amp;Because</source>
        <translation>&amp;Weil</translation>
    </message>
    <message>
        <source>shown beside every request that it sends</source>
        <translation>steht neben jeder Anfrage, die sie lenkt</translation>
    </message>
    <message>
        <source>No rules. A rule sends some requests to a tier or model whatever the router thinks: those of a team, with a word in the prompt, or of a data class.</source>
        <translation>Keine Regeln. Eine Regel schickt manche Anfragen zu einer Stufe oder einem Modell, was auch immer der Router meint: die eines Teams, mit einem Wort im Prompt oder einer Datenklasse.</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::PolicyEditor</name>
    <message>
        <source>Thresholds on difficulty</source>
        <translation>Schwellen auf der Schwierigkeit</translation>
    </message>
    <message>
        <source>Easy requests go to local, middling ones to commodity, hard ones to premium. Drag the lines.</source>
        <translation>Leichte Anfragen gehen an lokal, mittlere an Standard, schwere an Premium. Ziehen Sie die Linien.</translation>
    </message>
    <message>
        <source>Quality floor</source>
        <translation>Qualitätsuntergrenze</translation>
    </message>
    <message>
        <source>The least cost whose expected quality reaches this.</source>
        <translation>Die geringsten Kosten, deren erwartete Qualität dies erreicht.</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>The most expected quality for this many dollars.</source>
        <translation>Die höchste erwartete Qualität für so viele Dollar.</translation>
    </message>
    <message>
        <source>Expected value</source>
        <translation>Erwartungswert</translation>
    </message>
    <message>
        <source>Each request takes the model with the best worth of a right answer less its cost.</source>
        <translation>Jede Anfrage nimmt das Modell mit dem besten Wert einer richtigen Antwort abzüglich seiner Kosten.</translation>
    </message>
    <message>
        <source>Cascade</source>
        <translation>Kaskade</translation>
    </message>
    <message>
        <source>Try the first, check its answer, go on to the next when the check fails. Every attempt is paid.</source>
        <translation>Das erste versuchen, die Antwort prüfen, bei Misserfolg zum nächsten gehen. Jeder Versuch wird bezahlt.</translation>
    </message>
    <message>
        <source>Everything on one</source>
        <translation>Alles auf einem</translation>
    </message>
    <message>
        <source>Every request goes to one tier or model.</source>
        <translation>Jede Anfrage geht an eine Stufe oder ein Modell.</translation>
    </message>
    <message>
        <source>Random with the log&apos;s shares</source>
        <translation>Zufällig mit den Anteilen des Protokolls</translation>
    </message>
    <message>
        <source>A control: the same shares, without looking at the requests.</source>
        <translation>Eine Kontrolle: dieselben Anteile, ohne die Anfragen anzusehen.</translation>
    </message>
    <message>
        <source>As logged</source>
        <translation>Wie protokolliert</translation>
    </message>
    <message>
        <source>What the log did.</source>
        <translation>Was das Protokoll getan hat.</translation>
    </message>
    <message>
        <source>Oracle</source>
        <translation>Orakel</translation>
    </message>
    <message>
        <source>The cheapest model that is right, known in advance: a bound, not a policy.</source>
        <translation>Das billigste Modell, das richtig liegt, im Voraus bekannt: eine Schranke, keine Regelung.</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::PreferencesDialog</name>
    <message>
        <source>From the next start on.</source>
        <translation>Ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Open the last &amp;project again at the start</source>
        <translation>Beim Start das letzte &amp;Projekt wieder öffnen</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Folder for new projects</source>
        <translation>Ordner für neue Projekte</translation>
    </message>
    <message>
        <source>&amp;Choose...</source>
        <translation>&amp;Wählen ...</translation>
    </message>
    <message>
        <source>Choose the folder for new projects</source>
        <translation>Ordner für neue Projekte wählen</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;New projects in</source>
        <translation>&amp;Neue Projekte in</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::PrivacyPanel</name>
    <message>
        <source>Personal data and secrets in texts:</source>
        <translation>Persönliche Daten und Geheimnisse in Texten:</translation>
    </message>
    <message>
        <source>lea&amp;ve</source>
        <translation>be&amp;lassen</translation>
    </message>
    <message>
        <source>Texts stay as they are, nothing is looked for</source>
        <translation>Texte bleiben, wie sie sind, nach nichts wird gesucht</translation>
    </message>
    <message>
        <source>&amp;flag</source>
        <translation>&amp;kennzeichnen</translation>
    </message>
    <message>
        <source>Texts stay; each row gets its data class, which routing can use</source>
        <translation>Texte bleiben; jede Zeile bekommt ihre Datenklasse, die das Routing nutzen kann</translation>
    </message>
    <message>
        <source>&amp;replace</source>
        <translation>er&amp;setzen</translation>
    </message>
    <message>
        <source>Findings become placeholders such as [EMAIL_1]</source>
        <translation>Funde werden zu Platzhaltern wie [EMAIL_1]</translation>
    </message>
    <message>
        <source>store &amp;no texts</source>
        <translation>&amp;keine Texte speichern</translation>
    </message>
    <message>
        <source>Token counts and classes only</source>
        <translation>Nur Tokenzahlen und Klassen</translation>
    </message>
    <message>
        <source>&amp;More...</source>
        <translation>&amp;Mehr ...</translation>
    </message>
    <message>
        <source>Headers and words of your own to look for</source>
        <translation>Eigene Kopfzeilen und Wörter, nach denen gesucht wird</translation>
    </message>
    <message>
        <source>Names of headers whose values are secret</source>
        <translation>Namen von Kopfzeilen, deren Werte geheim sind</translation>
    </message>
    <message>
        <source>Data classes of your own, one a line: class = pattern (RE2)</source>
        <translation>Eigene Datenklassen, eine je Zeile: Klasse = Muster (RE2)</translation>
    </message>
    <message>
        <source>Secret &amp;headers</source>
        <translation>Geheime Kop&amp;fzeilen</translation>
    </message>
    <message>
        <source>Data class&amp;es</source>
        <translation>Datenklass&amp;en</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ReadingPanel</name>
    <message>
        <source>tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>Komma</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>Semikolon</translation>
    </message>
    <message>
        <source>one column</source>
        <translation>eine Spalte</translation>
    </message>
    <message>
        <source>First row names the col&amp;umns</source>
        <translation>Erste Zeile nennt die Spalte&amp;n</translation>
    </message>
    <message>
        <source>What the log is</source>
        <translation>Was das Protokoll ist</translation>
    </message>
    <message>
        <source>&amp;Presets</source>
        <translation>&amp;Vorlagen</translation>
    </message>
    <message>
        <source>Your own presets</source>
        <translation>Ihre eigenen Vorlagen</translation>
    </message>
    <message>
        <source>Keep these settings under a name: a log with the same columns is known by it from then on</source>
        <translation>Diese Einstellungen unter einem Namen behalten: ein Protokoll mit denselben Spalten wird von da an daran erkannt</translation>
    </message>
    <message>
        <source>&amp;Keep these settings as a preset...</source>
        <translation>Diese Einstellungen als Vorlage &amp;behalten ...</translation>
    </message>
    <message>
        <source>&amp;Forget this preset</source>
        <translation>Diese Vorlage &amp;vergessen</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Anführungszeichen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keines</translation>
    </message>
    <message>
        <source>Lines to skip at the top</source>
        <translation>Am Anfang zu überspringende Zeilen</translation>
    </message>
    <message>
        <source>Looks &amp;like</source>
        <translation>Sieht aus &amp;wie</translation>
    </message>
    <message>
        <source>&amp;Encoding</source>
        <translation>K&amp;odierung</translation>
    </message>
    <message>
        <source>&amp;Delimiter</source>
        <translation>&amp;Trennzeichen</translation>
    </message>
    <message>
        <source>&amp;Quote</source>
        <translation>&amp;Anführung</translation>
    </message>
    <message>
        <source>&amp;Skip lines</source>
        <translation>Über&amp;springen</translation>
    </message>
    <message>
        <source>%1 (%2 sure)</source>
        <translation>%1 (zu %2 sicher)</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::FolderWatch</name>
    <message>
        <source>Watch %1</source>
        <translation>%1 beobachten</translation>
    </message>
    <message>
        <source>Watching %1: new logs come in by themselves</source>
        <translation>%1 wird beobachtet: neue Protokolle kommen von selbst herein</translation>
    </message>
    <message>
        <source>Stop watching folders</source>
        <translation>Ordner nicht mehr beobachten</translation>
    </message>
    <message>
        <source>No folder is watched any more</source>
        <translation>Kein Ordner wird mehr beobachtet</translation>
    </message>
</context>
  <context>
    <name>CoreWords</name>
    <message>
        <source>en</source>
        <comment>the code of this translation's language: core.&lt;code&gt;.tsv holds core's sentences</comment>
        <translation>de</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation>Byte %1</translation>
    </message>
</context>
<context>
    <name>AnswerWords</name>
    <message>
        <source> – %1 more scored requests would decide it</source>
      <translation> – %1 weitere bewertete Anfragen würden es entscheiden</translation>
    </message>
    <message>
        <source>%1 costs %2, expected quality %3. The baseline cannot be priced on these requests.</source>
      <translation>%1 kostet %2, erwartete Qualität %3. Der Vergleichsmaßstab ist auf diesen Anfragen nicht zu berechnen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
      <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 to %3</source>
      <translation>%1: %2 bis %3</translation>
    </message>
    <message>
        <source>%1: %2, expected quality %3. The comparison follows when you let go.</source>
      <translation>%1: %2, erwartete Qualität %3. Der Vergleich folgt beim Loslassen.</translation>
    </message>
    <message>
        <source>A random mix of the same shares costs %1.</source>
      <translation>Eine zufällige Mischung mit denselben Anteilen kostet %1.</translation>
    </message>
    <message>
        <source>A random mix with the same shares</source>
      <translation>Eine zufällige Mischung mit gleichen Anteilen</translation>
    </message>
    <message>
        <source>COST NOT DECISIVE</source>
      <translation>KOSTEN NICHT ENTSCHIEDEN</translation>
    </message>
    <message>
        <source>DECISIVE</source>
      <translation>ENTSCHIEDEN</translation>
    </message>
    <message>
        <source>Decisive: the 95% range of the paired difference does not hold zero, for cost and for quality.</source>
      <translation>Entschieden: Der 95-%-Bereich des gepaarten Unterschieds enthält die Null nicht, bei Kosten und Qualität.</translation>
    </message>
    <message>
        <source>Everything on the dearest model (flattering)</source>
      <translation>Alles auf dem teuersten Modell (schmeichelhaft)</translation>
    </message>
    <message>
        <source>Everything on the dearest model costs %1.</source>
      <translation>Alles auf dem teuersten Modell kostet %1.</translation>
    </message>
    <message>
        <source>NOT DECISIVE</source>
      <translation>NICHT ENTSCHIEDEN</translation>
    </message>
    <message>
        <source>QUALITY NOT DECISIVE</source>
      <translation>QUALITÄT NICHT ENTSCHIEDEN</translation>
    </message>
    <message>
        <source>The best single model</source>
      <translation>Das beste einzelne Modell</translation>
    </message>
    <message>
        <source>The best single model costs %1.</source>
      <translation>Das beste einzelne Modell kostet %1.</translation>
    </message>
    <message>
        <source>The oracle costs %1.</source>
      <translation>Das Orakel kostet %1.</translation>
    </message>
    <message>
        <source>The oracle: a bound, not a policy</source>
      <translation>Das Orakel: eine Schranke, keine Regelung</translation>
    </message>
    <message>
        <source>With %1: %2, expected quality change %3 to %4 points.</source>
      <translation>Mit %1: %2, erwartete Änderung der Qualität %3 bis %4 Punkte.</translation>
    </message>
    <message>
        <source>cache</source>
      <translation>Zwischenspeicher</translation>
    </message>
    <message>
        <source>calibrated</source>
      <translation>kalibriert</translation>
    </message>
    <message>
        <source>local hardware</source>
      <translation>eigene Hardware</translation>
    </message>
    <message>
        <source>measured</source>
      <translation>gemessen</translation>
    </message>
    <message>
        <source>output length</source>
      <translation>Antwortlänge</translation>
    </message>
    <message>
        <source>prior</source>
      <translation>Vorwissen</translation>
    </message>
    <message>
        <source>quality evidence</source>
      <translation>Beleg der Qualität</translation>
    </message>
    <message>
        <source>reasoning overhead</source>
      <translation>Nachdenken</translation>
    </message>
    <message>
        <source>sampling</source>
      <translation>Stichprobe</translation>
    </message>
    <message>
        <source>tokenizer</source>
      <translation>Tokenizer</translation>
    </message>
    <message>
        <source>verdict follows when you let go</source>
      <translation>das Urteil folgt beim Loslassen</translation>
    </message>
      <message>
        <source>On the %1 requests that the baseline has a cost for too. All %2 cost %3.</source>
        <translation>Für die %1 Anfragen, für die auch der Vergleich Kosten hat. Alle %2 kosten %3.</translation>
    </message>
    <message>
        <source>The log as it is costs %1 at list prices.</source>
        <translation>Das Protokoll, wie es ist, kostet %1 zu Listenpreisen.</translation>
    </message>
    <message>
        <source>The log as it is, at list prices</source>
        <translation>Das Protokoll, wie es ist, zu Listenpreisen</translation>
    </message>
</context>
  <context>
    <name>FitLists</name>
    <message>
        <source>%1 %2</source>
      <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 requests</source>
      <translation>%1 Anfragen</translation>
    </message>
    <message numerus="yes">
      <source>%n other(s)</source>
      <translation>
        <numerusform>%n weiteres</numerusform>
        <numerusform>%n weitere</numerusform>
      </translation>
    </message>
    <message>
        <source>(none)</source>
      <translation>(keins)</translation>
    </message>
    <message>
        <source>All requests</source>
      <translation>Alle Anfragen</translation>
    </message>
    <message>
        <source>Cost</source>
      <translation>Kosten</translation>
    </message>
    <message>
        <source>Errors</source>
      <translation>Fehler</translation>
    </message>
    <message>
        <source>Errors expected</source>
      <translation>Erwartete Fehler</translation>
    </message>
    <message>
        <source>Expected on requests that needed a dearer tier</source>
      <translation>Erwartet bei Anfragen, die eine teurere Stufe brauchten</translation>
    </message>
    <message>
        <source>Logged model</source>
      <translation>Protokolliertes Modell</translation>
    </message>
    <message>
        <source>Needed</source>
      <translation>Nötig</translation>
    </message>
    <message>
        <source>On requests that a cheaper tier would have served</source>
      <translation>Für Anfragen, denen eine billigere Stufe genügt hätte</translation>
    </message>
    <message>
        <source>Request</source>
      <translation>Anfrage</translation>
    </message>
    <message>
        <source>Requests</source>
      <translation>Anfragen</translation>
    </message>
    <message>
        <source>Tag</source>
      <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Team</source>
      <translation>Team</translation>
    </message>
    <message>
        <source>Used</source>
      <translation>Genutzt</translation>
    </message>
    <message>
        <source>Wasted</source>
      <translation>Verlust</translation>
    </message>
    <message>
        <source>What you say it needs: keys 1, 2, 3</source>
      <translation>Was sie Ihrer Angabe nach braucht: Tasten 1, 2, 3</translation>
    </message>
    <message>
        <source>Why</source>
      <translation>Warum</translation>
    </message>
    <message>
        <source>Your word</source>
      <translation>Ihre Angabe</translation>
    </message>
    <message>
        <source>day</source>
      <translation>Tag</translation>
    </message>
    <message>
        <source>domain</source>
      <translation>Fachgebiet</translation>
    </message>
    <message>
        <source>model</source>
      <translation>Modell</translation>
    </message>
    <message>
        <source>none reaches the bar</source>
      <translation>keine reicht aus</translation>
    </message>
    <message>
        <source>on %1 requests</source>
      <translation>bei %1 Anfragen</translation>
    </message>
    <message>
        <source>requests without a %1</source>
      <translation>Anfragen ohne %1</translation>
    </message>
    <message>
        <source>session</source>
      <translation>Sitzung</translation>
    </message>
    <message>
        <source>tag</source>
      <translation>Etikett</translation>
    </message>
    <message>
        <source>team</source>
      <translation>Team</translation>
    </message>
    <message>
        <source>user</source>
      <translation>Nutzer</translation>
    </message>
      <message>
        <source>Difficulty</source>
        <translation>Schwierigkeit</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Whether the quality of models has been fitted to it</source>
        <translation>Ob die Güte der Modelle daran angepasst ist</translation>
    </message>
    <message>
        <source>counted in</source>
        <translation>zählt mit</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
</context>
  <context>
    <name>tierwise::ui::BaselineBox</name>
    <message>
        <source>Compared with</source>
      <translation>Verglichen mit</translation>
    </message>
    <message>
        <source>What the saving and the change of quality are measured against</source>
      <translation>Woran Ersparnis und Qualitätsänderung gemessen werden</translation>
    </message>
  </context>
  <context>
    <name>tierwise::ui::CalibrationView</name>
    <message>
        <source>%1 scored rows, each predicted by a fit that has not seen it. Expected calibration error %2, Brier score %3.</source>
      <translation>%1 bewertete Zeilen, jede von einer Anpassung vorhergesagt, die sie nicht kennt. Erwarteter Kalibrierungsfehler %2, Brier-Wert %3.</translation>
    </message>
    <message>
        <source>Brier score</source>
      <translation>Brier-Wert</translation>
    </message>
    <message>
        <source>Calibration by model</source>
      <translation>Kalibrierung nach Modell</translation>
    </message>
    <message>
        <source>Evidence</source>
      <translation>Beleg</translation>
    </message>
    <message>
        <source>Mean predicted</source>
      <translation>Mittlere Vorhersage</translation>
    </message>
    <message>
        <source>Mean score</source>
      <translation>Mittlere Bewertung</translation>
    </message>
    <message>
        <source>Mean squared difference; lower is better</source>
      <translation>Mittlere quadrierte Abweichung; kleiner ist besser</translation>
    </message>
    <message>
        <source>Model</source>
      <translation>Modell</translation>
    </message>
    <message>
        <source>No request of this log carries a score: quality rests on public benchmarks (prior). Import a log with a score column, or outcomes, to calibrate it.</source>
      <translation>Keine Anfrage dieses Protokolls trägt eine Bewertung: Die Qualität beruht auf öffentlichen Benchmarks (Vorwissen). Importieren Sie ein Protokoll mit Bewertungen oder Ergebnisse, um sie zu kalibrieren.</translation>
    </message>
    <message>
        <source>Out of fold</source>
      <translation>An nicht gesehenen Zeilen</translation>
    </message>
    <message>
        <source>Perfect</source>
      <translation>Vollkommen</translation>
    </message>
    <message>
        <source>Reliability: predicted against observed</source>
      <translation>Verlässlichkeit: vorhergesagt gegen beobachtet</translation>
    </message>
    <message>
        <source>Scored rows</source>
      <translation>Bewertete Zeilen</translation>
    </message>
    <message>
        <source>observed score</source>
      <translation>beobachtete Bewertung</translation>
    </message>
    <message>
        <source>predicted quality</source>
      <translation>vorhergesagte Qualität</translation>
    </message>
      <message>
        <source>Scored rows in ten bins, with their number and 95% ranges</source>
        <translation>Bewertete Zeilen in zehn Klassen, mit Anzahl und 95-%-Bereichen</translation>
    </message>
    <message numerus="yes">
        <source>No request of this log carries a score: quality rests on public benchmarks and on your %n tier override(s). Import a log with a score column, or outcomes, to check it.</source>
        <translation>
            <numerusform>Keine Anfrage dieses Protokolls hat eine Bewertung: die Güte beruht auf öffentlichen Vergleichstests und auf %n eigenen Wort zur Stufe. Ein Protokoll mit Bewertungen, oder Ergebnisse, importieren, um sie zu prüfen.</numerusform>
            <numerusform>Keine Anfrage dieses Protokolls hat eine Bewertung: die Güte beruht auf öffentlichen Vergleichstests und auf %n eigenen Worten zur Stufe. Ein Protokoll mit Bewertungen, oder Ergebnisse, importieren, um sie zu prüfen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tier override(s) count in the fit as scored answers too; chosen by hand, they are no test of it.</source>
        <translation>
            <numerusform>%n eigenes Wort zur Stufe zählt in der Anpassung mit; von Hand gewählt, ist es keine Probe darauf.</numerusform>
            <numerusform>%n eigene Worte zur Stufe zählen in der Anpassung mit; von Hand gewählt, sind sie keine Probe darauf.</numerusform>
        </translation>
    </message>
</context>
  <context>
    <name>tierwise::ui::ConstraintsEditor</name>
    <message>
        <source> s</source>
      <translation> s</translation>
    </message>
    <message>
        <source>&amp;Add data class</source>
      <translation>Datenklasse &amp;hinzufügen</translation>
    </message>
    <message>
        <source>A data class needs a name</source>
      <translation>Eine Datenklasse braucht einen Namen</translation>
    </message>
    <message>
        <source>A data class needs one tier at least</source>
      <translation>Eine Datenklasse braucht mindestens eine Stufe</translation>
    </message>
    <message>
        <source>A model whose context &amp;window is too small cannot serve the request</source>
      <translation>Ein Modell mit zu kleinem &amp;Kontextfenster kann die Anfrage nicht bedienen</translation>
    </message>
    <message>
        <source>Add data class</source>
      <translation>Datenklasse hinzufügen</translation>
    </message>
    <message>
        <source>Answers must come within</source>
      <translation>Antworten müssen kommen innerhalb von</translation>
    </message>
    <message>
        <source>As the log or the import names it; * = every request</source>
      <translation>Wie das Protokoll oder der Import sie nennt; * = jede Anfrage</translation>
    </message>
    <message>
        <source>At most on %1</source>
      <translation>Höchstens auf %1</translation>
    </message>
    <message>
        <source>Change constraints</source>
      <translation>Bedingungen ändern</translation>
    </message>
    <message>
        <source>Countries of the host&apos;s operator (DE, US), with commas between; empty = any</source>
      <translation>Länder des Betreibers (DE, US), durch Kommas getrennt; leer = alle</translation>
    </message>
    <message>
        <source>Data class</source>
      <translation>Datenklasse</translation>
    </message>
    <message>
        <source>Data classes and what they may use</source>
      <translation>Datenklassen und was sie verwenden dürfen</translation>
    </message>
    <message>
        <source>Greatest share of requests on %1</source>
      <translation>Größter Anteil der Anfragen auf %1</translation>
    </message>
    <message>
        <source>Ids of providers as the catalog has them (openai, local), with commas between; empty = any</source>
      <translation>Kennungen von Anbietern wie im Katalog (openai, local), durch Kommas getrennt; leer = alle</translation>
    </message>
    <message>
        <source>Longest latency in seconds</source>
      <translation>Längste Wartezeit in Sekunden</translation>
    </message>
    <message>
        <source>Of all requests</source>
      <translation>Von allen Anfragen</translation>
    </message>
    <message>
        <source>Only at these hosts</source>
      <translation>Nur bei diesen Anbietern</translation>
    </message>
    <message>
        <source>Only in these countries</source>
      <translation>Nur in diesen Ländern</translation>
    </message>
    <message>
        <source>Re&amp;move data class</source>
      <translation>Datenklasse &amp;entfernen</translation>
    </message>
    <message>
        <source>Remove data class</source>
      <translation>Datenklasse entfernen</translation>
    </message>
    <message>
        <source>Select a data class first</source>
      <translation>Wählen Sie zuerst eine Datenklasse</translation>
    </message>
    <message>
        <source>What a class of data may use. A request that no allowed model can serve is infeasible, and listed as such.</source>
      <translation>Was eine Datenklasse nutzen darf. Eine Anfrage, die kein erlaubtes Modell bedienen kann, ist nicht machbar und wird so ausgewiesen.</translation>
    </message>
    <message>
        <source>Countries</source>
      <translation>Länder</translation>
    </message>
    <message>
        <source>Hosts</source>
      <translation>Anbieter</translation>
    </message>
      <message>
        <source>No data class is held back: every request may go to every tier, host and country. Add a class, such as pii, to keep it on local models or with some hosts.</source>
        <translation>Keine Datenklasse ist eingeschränkt: Jede Anfrage darf zu jeder Stufe, jedem Anbieter und in jedes Land. Fügen Sie eine Klasse wie pii hinzu, um sie auf lokalen Modellen oder bei bestimmten Anbietern zu halten.</translation>
    </message>
</context>
  <context>
    <name>tierwise::ui::ModelsDialog</name>
    <message>
        <source>%1 at %2</source>
      <translation>%1 bei %2</translation>
    </message>
    <message>
        <source>&amp;Add</source>
      <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Candidates</source>
      <translation>&amp;Kandidaten</translation>
    </message>
    <message>
        <source>&amp;Defaults</source>
      <translation>&amp;Vorgaben</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
      <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Add the selected models to the candidates (Return)</source>
      <translation>Die gewählten Modelle zu den Kandidaten nehmen (Eingabe)</translation>
    </message>
    <message>
        <source>All tiers</source>
      <translation>Alle Stufen</translation>
    </message>
    <message>
        <source>At most %1 models can be compared at once.</source>
      <translation>Höchstens %1 Modelle sind auf einmal vergleichbar.</translation>
    </message>
    <message>
        <source>Candidate models</source>
      <translation>Modelle zur Wahl</translation>
    </message>
    <message>
        <source>Choose one model at least.</source>
      <translation>Wählen Sie mindestens ein Modell.</translation>
    </message>
    <message>
        <source>Chosen models</source>
      <translation>Gewählte Modelle</translation>
    </message>
    <message>
        <source>Context</source>
      <translation>Kontext</translation>
    </message>
    <message>
        <source>Dollars per million tokens, or the offering&apos;s currency</source>
      <translation>Dollar je Million Token, oder die Währung des Angebots</translation>
    </message>
    <message>
        <source>Host</source>
      <translation>Betreiber</translation>
    </message>
    <message>
        <source>Input</source>
      <translation>Eingabe</translation>
    </message>
    <message>
        <source>Model</source>
      <translation>Modell</translation>
    </message>
    <message>
        <source>Models of the catalog</source>
      <translation>Modelle des Katalogs</translation>
    </message>
    <message>
        <source>No model of this tier: %1. Policies that send requests there cannot run.</source>
      <translation>Kein Modell dieser Stufe: %1. Regelungen, die Anfragen dorthin senden, laufen nicht.</translation>
    </message>
    <message>
        <source>One default model of each tier</source>
      <translation>Ein Vorgabemodell je Stufe</translation>
    </message>
    <message>
        <source>Output</source>
      <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Remove the selected candidate (Delete)</source>
      <translation>Den gewählten Kandidaten entfernen (Entf)</translation>
    </message>
    <message>
        <source>Search models and hosts</source>
      <translation>Modelle und Anbieter suchen</translation>
    </message>
    <message>
        <source>Tier</source>
      <translation>Stufe</translation>
    </message>
    <message>
        <source>Tokens</source>
      <translation>Token</translation>
    </message>
  </context>
  <context>
    <name>tierwise::ui::SegmentValues</name>
    <message>
        <source>Add segment</source>
      <translation>Segment hinzufügen</translation>
    </message>
    <message>
        <source>Another worth in single &amp;segments, by</source>
      <translation>Anderer Wert in einzelnen &amp;Segmenten, nach</translation>
    </message>
    <message>
        <source>Remove segment</source>
      <translation>Segment entfernen</translation>
    </message>
    <message>
        <source>Segment</source>
      <translation>Segment</translation>
    </message>
    <message>
        <source>Worth by</source>
      <translation>Wert nach</translation>
    </message>
    <message>
        <source>Worth of a right answer</source>
      <translation>Wert einer richtigen Antwort</translation>
    </message>
    <message>
        <source>Worth of a right answer in single segments</source>
      <translation>Wert einer richtigen Antwort in einzelnen Segmenten</translation>
    </message>
    <message>
        <source>data class</source>
      <translation>Datenklasse</translation>
    </message>
    <message>
        <source>domain</source>
      <translation>Fachgebiet</translation>
    </message>
    <message>
        <source>name</source>
      <translation>Name</translation>
    </message>
    <message>
        <source>tag</source>
      <translation>Etikett</translation>
    </message>
    <message>
        <source>team</source>
      <translation>Team</translation>
    </message>
    <message>
        <source>user</source>
      <translation>Nutzer</translation>
    </message>
  </context>
  <context>
    <name>tierwise::ui::WhyView</name>
    <message>
        <source>%1, %2</source>
      <translation>%1, %2</translation>
    </message>
    <message>
        <source>Chosen</source>
      <translation>Gewählt</translation>
    </message>
    <message>
        <source>Cost</source>
      <translation>Kosten</translation>
    </message>
    <message>
        <source>Evidence</source>
      <translation>Beleg</translation>
    </message>
    <message>
        <source>Expected quality</source>
      <translation>Erwartete Qualität</translation>
    </message>
    <message>
        <source>Goes to %1 (%2). %3</source>
      <translation>Geht an %1 (%2). %3</translation>
    </message>
    <message>
        <source>Model</source>
      <translation>Modell</translation>
    </message>
    <message>
        <source>Of this one request</source>
      <translation>Dieser einen Anfrage</translation>
    </message>
    <message>
        <source>Prompt to try</source>
      <translation>Prompt zum Ausprobieren</translation>
    </message>
    <message>
        <source>Scoring the prompt</source>
      <translation>Der Prompt wird beurteilt</translation>
    </message>
    <message>
        <source>Tier</source>
      <translation>Stufe</translation>
    </message>
    <message>
        <source>Type or paste a prompt: it is scored here, on this machine.</source>
      <translation>Prompt tippen oder einfügen: er wird hier beurteilt, auf diesem Rechner.</translation>
    </message>
    <message>
        <source>What each model would cost and reach</source>
      <translation>Was jedes Modell kosten und erreichen würde</translation>
    </message>
    <message>
        <source>Where the prompt goes, and why</source>
      <translation>Wohin der Prompt geht, und warum</translation>
    </message>
    <message>
        <source>difficulty %1</source>
      <translation>Schwierigkeit %1</translation>
    </message>
    <message>
        <source>no signal: too little text to say anything</source>
      <translation>kein Signal: zu wenig Text für eine Aussage</translation>
    </message>
    <message>
        <source>not scored</source>
      <translation>nicht bewertet</translation>
    </message>
    <message>
        <source>nowhere: infeasible</source>
      <translation>nirgendwohin: nicht machbar</translation>
    </message>
    <message>
        <source>standard error %1</source>
      <translation>Standardfehler %1</translation>
    </message>
    <message>
        <source>unlike anything seen</source>
      <translation>anders als alles Bekannte</translation>
    </message>
    <message>
        <source>yes</source>
      <translation>ja</translation>
    </message>
      <message>
        <source>What each model would cost and reach for the prompt above, and which of them the policy takes.</source>
        <translation>Was jedes Modell für den Prompt oben kosten und erreichen würde und welches die Regelung nimmt.</translation>
    </message>
</context>
  <context>
    <name>tierwise::ui::WorldDialog</name>
    <message>
        <source> s</source>
      <translation> s</translation>
    </message>
    <message>
        <source>%1 of %2</source>
      <translation>%1 vom %2</translation>
    </message>
    <message>
        <source>&amp;Batch rates for what the log sent in batches</source>
      <translation>&amp;Stapeltarife für das, was das Protokoll gestapelt sendete</translation>
    </message>
    <message>
        <source>&amp;File...</source>
      <translation>&amp;Datei ...</translation>
    </message>
    <message>
        <source>&amp;Prices of</source>
      <translation>&amp;Preise von</translation>
    </message>
    <message>
        <source>A &amp;cached prefix lives for</source>
      <translation>Ein &amp;zwischengespeicherter Anfang hält</translation>
    </message>
    <message>
        <source>A cached prefix lives for</source>
      <translation>Ein zwischengespeicherter Anfang hält</translation>
    </message>
    <message>
        <source>As the project has it</source>
      <translation>Wie im Projekt</translation>
    </message>
    <message>
        <source>Catalogs (*.json)</source>
      <translation>Kataloge (*.json)</translation>
    </message>
    <message>
        <source>Factors on what the log says: 1 = as logged. The middle is counted with; low and high make the range. Costs of this scenario alone change; its quality does not.</source>
      <translation>Faktoren auf die Angaben des Protokolls: 1 = wie aufgezeichnet. Mit der Mitte wird gerechnet, tief und hoch geben den Bereich. Nur die Kosten dieses Szenarios ändern sich, nicht seine Qualität.</translation>
    </message>
    <message>
        <source>Input tokens of another &amp;tokenizer</source>
      <translation>Eingabetoken eines anderen &amp;Tokenizers</translation>
    </message>
    <message>
        <source>Length of another model&apos;s &amp;answer</source>
      <translation>Länge der &amp;Antwort eines anderen Modells</translation>
    </message>
    <message>
        <source>Looking up catalogs</source>
      <translation>Kataloge werden gesucht</translation>
    </message>
    <message>
        <source>Low, middle and high must rise: %1</source>
      <translation>Tief, Mitte und hoch müssen steigen: %1</translation>
    </message>
    <message>
        <source>Prices and assumptions</source>
      <translation>Preise und Annahmen</translation>
    </message>
    <message>
        <source>Prices of</source>
      <translation>Preise von</translation>
    </message>
    <message>
        <source>Prices of a catalog file</source>
      <translation>Preise aus einer Katalogdatei</translation>
    </message>
    <message>
        <source>Reasoning on &amp;easy requests</source>
      <translation>Nachdenken bei &amp;leichten Anfragen</translation>
    </message>
    <message>
        <source>Reasoning on &amp;hard requests</source>
      <translation>Nachdenken bei &amp;schweren Anfragen</translation>
    </message>
    <message>
        <source>Snapshot of %1</source>
      <translation>Stand vom %1</translation>
    </message>
    <message>
        <source>The catalog in use</source>
      <translation>Der Katalog in Gebrauch</translation>
    </message>
    <message>
        <source>high</source>
      <translation>oben</translation>
    </message>
    <message>
        <source>low</source>
      <translation>unten</translation>
    </message>
    <message>
        <source>middle</source>
      <translation>Mitte</translation>
    </message>
    <message>
        <source>set by hand for this scenario</source>
      <translation>für dieses Szenario von Hand gesetzt</translation>
    </message>
  </context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save All</source>
        <translation>Alles speichern</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ja</translation>
    </message>
    <message>
        <source>Yes to &amp;All</source>
        <translation>Ja, &amp;alle</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Nein</translation>
    </message>
    <message>
        <source>N&amp;o to All</source>
        <translation>N&amp;ein, keine</translation>
    </message>
    <message>
        <source>Abort</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation>Voreinstellungen</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ThresholdFields</name>
    <message>
        <source>What the thresholds are</source>
        <translation>Was die Schwellen sind</translation>
    </message>
    <message>
        <source>shares of the requests</source>
        <translation>Anteile der Anfragen</translation>
    </message>
    <message>
        <source>fixed values</source>
        <translation>feste Werte</translation>
    </message>
    <message>
        <source>Shares follow the log: the hardest tenth is a tenth of any log. Fixed values mean the same on every log.</source>
        <translation>Anteile folgen dem Protokoll: das schwerste Zehntel ist ein Zehntel jedes Protokolls. Feste Werte bedeuten auf jedem Protokoll dasselbe.</translation>
    </message>
    <message>
        <source>T&amp;hresholds are</source>
        <translation>Sc&amp;hwellen sind</translation>
    </message>
    <message>
        <source>&amp;Local: shortest</source>
        <translation>&amp;Lokal: kürzeste</translation>
    </message>
    <message>
        <source>&amp;Local: easiest</source>
        <translation>&amp;Lokal: leichteste</translation>
    </message>
    <message>
        <source>&amp;Premium: longest</source>
        <translation>&amp;Premium: längste</translation>
    </message>
    <message>
        <source>&amp;Premium: hardest</source>
        <translation>&amp;Premium: schwerste</translation>
    </message>
    <message>
        <source>&amp;Local below</source>
        <translation>&amp;Lokal unter</translation>
    </message>
    <message>
        <source>&amp;Premium from</source>
        <translation>&amp;Premium ab</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> Token</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>local | commodity</source>
        <translation>lokal | Standard</translation>
    </message>
    <message>
        <source>commodity | premium</source>
        <translation>Standard | Premium</translation>
    </message>
    <message>
        <source>Local below %1, premium from %2.</source>
        <translation>Lokal unter %1, Premium ab %2.</translation>
    </message>
    <message>
        <source>%1 requests have no difficulty (%2 unlike anything seen): they go to the commodity tier.</source>
        <translation>%1 Anfragen haben keine Schwierigkeit (%2 gleichen nichts Bekanntem): sie gehen an die Standard-Stufe.</translation>
    </message>
    <message>
        <source>%1 requests do not say how long they are: they go to the commodity tier.</source>
        <translation>%1 Anfragen sagen nicht, wie lang sie sind: sie gehen an die Stufe commodity.</translation>
    </message>
    <message>
        <source>Thresholds %1 and %2</source>
        <translation>Schwellen %1 und %2</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
</context>
<context>
    <name>tierwise::ui::Evidence</name>
    <message>
        <source>Import outcomes</source>
        <translation>Ergebnisse importieren</translation>
    </message>
    <message>
        <source>Fit difficulty to scores</source>
        <translation>Schwierigkeit an Bewertungen anpassen</translation>
    </message>
    <message>
        <source>Outcomes (*.csv *.tsv *.jsonl *.ndjson *.json *.gz *.zst)</source>
        <translation>Ergebnisse (*.csv *.tsv *.jsonl *.ndjson *.json *.gz *.zst)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Importing outcomes</source>
        <translation>Ergebnisse werden importiert</translation>
    </message>
    <message>
        <source>%1: %2 rows read = %3 used + %4 duplicates + %5 of no request here + %6 that say nothing + %7 rejected.</source>
        <translation>%1: %2 Zeilen gelesen = %3 verwendet + %4 doppelt + %5 ohne Anfrage hier + %6 ohne Aussage + %7 abgelehnt.</translation>
    </message>
    <message>
        <source>%1 are of a request and model that have another: the mean counts.</source>
        <translation>%1 gelten einer Anfrage und einem Modell, die schon eines haben: Es zählt der Mittelwert.</translation>
    </message>
    <message>
        <source>These names are one model: %1</source>
        <translation>Diese Namen meinen ein Modell: %1</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>no request &quot;%1&quot;</source>
        <translation>keine Anfrage &quot;%1&quot;</translation>
    </message>
    <message>
        <source>Fitting the difficulty to scores</source>
        <translation>Schwierigkeit wird an Bewertungen angepasst</translation>
    </message>
    <message>
        <source>The difficulty is fitted to %1 scored answers: it explains %2 of what the scores vary, out of fold, and the shipped one %3.</source>
        <translation>Die Schwierigkeit ist an %1 bewertete Antworten angepasst: sie erklärt außerhalb der Anpassung %2 der Streuung der Bewertungen, die mitgelieferte %3.</translation>
    </message>
    <message>
        <source>The shipped difficulty stays. Fitted to %1 scored answers it would explain %2 of what the scores vary, out of fold, and as shipped it explains %3.</source>
        <translation>Die mitgelieferte Schwierigkeit bleibt. An %1 bewertete Antworten angepasst würde sie außerhalb der Anpassung %2 der Streuung der Bewertungen erklären, mitgeliefert erklärt sie %3.</translation>
    </message>
</context>
</TS>
