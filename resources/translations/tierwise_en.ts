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
</context>
<context>
    <name>tierwise::ui::ReportPage</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform><numerusform>%n pages</numerusform></translation>
    </message>
</context>
<context>
    <name>tierwise::ui::TierFitPage</name>
    <message numerus="yes">
        <source>Override %n request(s)</source>
        <translation>
            <numerusform>Override %n request</numerusform><numerusform>Override %n requests</numerusform></translation>
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
</TS>
