<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>tierwise::ui::ChartPanel</name>
    <message numerus="yes">
        <source>%n point(s) at zero cannot be shown on a logarithmic axis.</source>
        <translation>
            <numerusform>%n point at zero cannot be shown on a logarithmic axis.</numerusform><numerusform>%n points at zero cannot be shown on a logarithmic axis.</numerusform></translation>
    </message>
</context>
<context>
    <name>tierwise::ui::CopyTable</name>
    <message numerus="yes">
        <source>Copied %n row(s)</source>
        <translation>
            <numerusform>Copied %n row</numerusform><numerusform>Copied %n rows</numerusform></translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ImportDialog</name>
    <message numerus="yes">
        <source>&amp;Import %n file(s)</source>
        <translation>
            <numerusform>&amp;Import %n file</numerusform><numerusform>&amp;Import %n files</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%n column</numerusform><numerusform>%n columns</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Import %n file(s)</source>
        <translation>
            <numerusform>Import %n file</numerusform><numerusform>Import %n files</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) stand for no request.</source>
        <translation>
            <numerusform>%n record stands for no request.</numerusform><numerusform>%n records stand for no request.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) in the first %1 rows. Mend them in the log's settings here, or with one click under Doctor once the log is in.</source>
        <translation>
            <numerusform>%n finding in the first %1 rows. Mend it in the log's settings here, or with one click under Doctor once the log is in.</numerusform><numerusform>%n findings in the first %1 rows. Mend them in the log's settings here, or with one click under Doctor once the log is in.</numerusform></translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ImportsTab</name>
    <message numerus="yes">
        <source>%n import(s)</source>
        <translation>
            <numerusform>%n import</numerusform><numerusform>%n imports</numerusform></translation>
    </message>
</context>
<context>
    <name>tierwise::ui::OverviewTab</name>
    <message numerus="yes">
        <source>Cost an hour over %n hour(s), by tier.</source>
        <translation>
            <numerusform>Cost an hour over %n hour, by tier.</numerusform><numerusform>Cost an hour over %n hours, by tier.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Cost a day over %n day(s), by tier.</source>
        <translation>
            <numerusform>Cost a day over %n day, by tier.</numerusform><numerusform>Cost a day over %n days, by tier.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>The %n dearest of %1; group the rows to see all.</source>
        <translation>
            <numerusform>The dearest of %1; group the rows to see all.</numerusform><numerusform>The %n dearest of %1; group the rows to see all.</numerusform></translation>
    </message>
</context>
<context>
    <name>tierwise::ui::RequestsTab</name>
    <message numerus="yes">
        <source>%n row(s) without a logged cost are left out</source>
        <translation>
            <numerusform>%n row without a logged cost is left out</numerusform><numerusform>%n rows without a logged cost are left out</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>All %n group(s)</source>
        <translation>
            <numerusform>All %n group</numerusform><numerusform>All %n groups</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n group</numerusform><numerusform>%n groups</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) that cannot be priced are left out</source>
        <translation>
            <numerusform>%n row that cannot be priced is left out</numerusform><numerusform>%n rows that cannot be priced are left out</numerusform></translation>
    </message>
</context>
<context>
    <name>tierwise::ui::DoctorTab</name>
    <message numerus="yes">
        <source>%n finding(s) in %1 rows.</source>
        <translation>
            <numerusform>%n finding in %1 rows.</numerusform><numerusform>%n findings in %1 rows.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1: %n row(s)</source>
        <translation>
            <numerusform>%1: %n row</numerusform><numerusform>%1: %n rows</numerusform></translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ComparePage</name>
    <message numerus="yes">
        <source>%n scenario(s)</source>
        <translation>
            <numerusform>%n scenario</numerusform><numerusform>%n scenarios</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) of its own</source>
        <translation>
            <numerusform>%n model of its own</numerusform>
            <numerusform>%n models of its own</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tierwise::ui::ReportPage</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform><numerusform>%n pages</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n scenario(s) with other models, prices or assumptions are left out.</source>
        <translation>
            <numerusform>%n scenario with other models, prices or assumptions is left out.</numerusform>
            <numerusform>%n scenarios with other models, prices or assumptions are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tierwise::ui::TierFitPage</name>
    <message numerus="yes">
        <source>Override %n request(s)</source>
        <translation>
            <numerusform>Override %n request</numerusform><numerusform>Override %n requests</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n override(s): wasted money %1 instead of %2, expected errors %3 instead of %4, over all requests.</source>
        <translation>
            <numerusform>%n override: wasted money %1 instead of %2, expected errors %3 instead of %4, over all requests.</numerusform>
            <numerusform>%n overrides: wasted money %1 instead of %2, expected errors %3 instead of %4, over all requests.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n override(s) do not count as scored answers yet.</source>
        <translation>
            <numerusform>%n override does not count as a scored answer yet.</numerusform>
            <numerusform>%n overrides do not count as scored answers yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n override(s) that you took back still count.</source>
        <translation>
            <numerusform>%n override that you took back still counts.</numerusform>
            <numerusform>%n overrides that you took back still count.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n override(s) count as scored answers of the models.</source>
        <translation>
            <numerusform>%n override counts as a scored answer of the models.</numerusform>
            <numerusform>%n overrides count as scored answers of the models.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tierwise::ui::UpdateRows</name>
    <message numerus="yes">
        <source>%n note(s), shown as a tip here.</source>
        <translation>
            <numerusform>%n note, shown as a tip here.</numerusform><numerusform>%n notes, shown as a tip here.</numerusform></translation>
    </message>
</context>
<context>
    <name>tierwise::ui::Desk</name>
    <message numerus="yes">
        <source>The doctor finds %n odd thing(s) in the rows</source>
        <translation>
            <numerusform>The doctor finds %n odd thing in the rows</numerusform><numerusform>The doctor finds %n odd things in the rows</numerusform></translation>
    </message>
</context>
<context>
    <name>tierwise::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n new log(s) in a watched folder are of no known kind</source>
        <translation>
            <numerusform>%n new log in a watched folder is of no known kind</numerusform><numerusform>%n new logs in a watched folder are of no known kind</numerusform></translation>
    </message>
</context>
<context>
    <name>FitLists</name>
    <message numerus="yes">
        <source>%n other(s)</source>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tierwise::ui::TradeoffPage</name>
    <message numerus="yes">
        <source>%n further note(s), shown as a tip here.</source>
        <translation>
            <numerusform>%n further note, shown as a tip here.</numerusform>
            <numerusform>%n further notes, shown as a tip here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tierwise::ui::CalibrationView</name>
    <message numerus="yes">
        <source>No request of this log carries a score: quality rests on public benchmarks and on your %n tier override(s). Import a log with a score column, or outcomes, to check it.</source>
        <translation>
            <numerusform>No request of this log carries a score: quality rests on public benchmarks and on your %n tier override. Import a log with a score column, or outcomes, to check it.</numerusform>
            <numerusform>No request of this log carries a score: quality rests on public benchmarks and on your %n tier overrides. Import a log with a score column, or outcomes, to check it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tier override(s) count in the fit as scored answers too; chosen by hand, they are no test of it.</source>
        <translation>
            <numerusform>%n tier override counts in the fit as a scored answer too; chosen by hand, it is no test of it.</numerusform>
            <numerusform>%n tier overrides count in the fit as scored answers too; chosen by hand, they are no test of it.</numerusform>
        </translation>
    </message>
</context>
</TS>
