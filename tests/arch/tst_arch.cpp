// SPDX-License-Identifier: GPL-3.0-or-later
// The dependency table, enforced: Debian's flat include directory would let anything include anything.
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <QProcess>
#include <QTemporaryDir>

#include "tests/support/support.h"

namespace fs = std::filesystem;

namespace {

// The table of the house. A folder may use its row and whatever that row's folders may use.
const std::map<std::string, std::set<std::string>> kTable = {
    {"base", {}},
    {"net", {"base"}},
    {"catalog", {"base", "net"}},
    {"tokens", {"base"}},
    {"store", {"base", "catalog"}},
    {"ingest", {"store", "tokens"}},
    {"assess", {"store"}},
    {"route", {"assess", "catalog"}},
    {"replay", {"route", "store"}},
    {"analyze", {"replay"}},
    {"report", {"analyze"}},
    {"project",
     {"base", "net", "catalog", "tokens", "store", "ingest", "assess", "route", "replay", "analyze", "report"}},
};

std::set<std::string> reachable(const std::string& folder) {
    std::set<std::string> all{folder};
    for (const auto& next : kTable.at(folder)) {
        all.merge(reachable(next));
    }
    return all;
}

std::string readAll(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

std::vector<fs::path> sourcesBelow(const fs::path& folder) {
    std::vector<fs::path> files;
    if (!fs::exists(folder)) {
        return files;
    }
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto extension = entry.path().extension();
        if (entry.is_regular_file() && (extension == ".cpp" || extension == ".h" || extension == ".in")) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

struct Include {
    std::string name;
    bool angled = false;
};

std::vector<Include> includesOf(const fs::path& file) {
    static const std::regex pattern("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]");
    std::vector<Include> includes;
    std::istringstream lines(readAll(file));
    std::string line;
    while (std::getline(lines, line)) {
        std::smatch match;
        if (std::regex_search(line, match, pattern)) {
            includes.push_back({match[2], match[1] == "<"});
        }
    }
    return includes;
}

bool isQt(const std::string& include) {
    return include.size() > 1 && include[0] == 'Q' &&
           (std::isupper(static_cast<unsigned char>(include[1])) != 0 || include[1] == 't');
}

bool isQtCharts(const std::string& include) {
    static const std::regex pattern(
        "^(QtCharts(/.*)?|Q[A-Za-z]*(Chart|ChartView|Series|Axis|LegendMarker|BarSet|BoxSet|PieSlice))$");
    return std::regex_match(include, pattern);
}

std::string firstFolder(const std::string& path) {
    return path.substr(0, path.find('/'));
}

std::string coreFolderOf(const std::string& include) {
    return include.rfind("core/", 0) == 0 ? firstFolder(include.substr(5)) : std::string();
}

// Every breach of the table in a checkout, as "file: what".
std::vector<std::string> breaches(const fs::path& root) {
    std::vector<std::string> found;
    for (const std::string top : {"core", "ui", "app"}) {
        for (const auto& file : sourcesBelow(root / top)) {
            const std::string relative = fs::relative(file, root).generic_string();
            const auto add = [&](const std::string& what) { found.push_back(relative + ": " + what); };
            const std::string folder = top == "core" ? coreFolderOf(relative) : std::string();
            if (top == "core" && kTable.count(folder) == 0) {
                add("core/" + folder + " is not in the table");
                continue;
            }
            const std::set<std::string> allowed = top == "core" ? reachable(folder) : std::set<std::string>();
            for (const auto& include : includesOf(file)) {
                const std::string used = coreFolderOf(include.name);
                if (top == "core") {
                    if (!used.empty() && allowed.count(used) == 0) {
                        add("core/" + folder + " may not use core/" + used);
                    }
                    if (include.angled && isQt(include.name)) {
                        add("core uses no Qt, but includes " + include.name);
                    }
                    if (firstFolder(include.name) == "ui" || firstFolder(include.name) == "app") {
                        add("core may not include " + include.name);
                    }
                }
                if (top == "ui" && firstFolder(include.name) == "app") {
                    add("ui may not include " + include.name);
                }
                if (top == "ui" && used == "store" && include.name.find("workload_snapshot") == std::string::npos) {
                    // ui sees requests through core/project; only the plain snapshot is common property.
                    add("ui may not reach into core/store: " + include.name);
                }
                if (relative.rfind("ui/charts/", 0) != 0 && isQtCharts(include.name)) {
                    add("only ui/charts may include Qt Charts, not " + include.name);
                }
                if (relative.rfind("app/cli/", 0) == 0 && (isQt(include.name) || firstFolder(include.name) == "ui")) {
                    add("the command line uses no Qt, but includes " + include.name);
                }
            }
        }
    }
    return found;
}

// What each folder's CMakeLists.txt names under USES.
std::map<std::string, std::set<std::string>> usesInBuildFiles(const fs::path& root) {
    static const std::set<std::string> keywords{"LINKS", "SOURCES"};
    std::map<std::string, std::set<std::string>> uses;
    for (const auto& [folder, row] : kTable) {
        std::string text = readAll(root / "core" / folder / "CMakeLists.txt");
        const auto at = text.find("USES");
        uses[folder] = {};
        if (at == std::string::npos) {
            continue;
        }
        std::istringstream words(text.substr(at + 4));
        std::string word;
        while (words >> word && keywords.count(word) == 0) {
            const bool last = word.back() == ')';
            uses[folder].insert(last ? word.substr(0, word.size() - 1) : word);
            if (last) {
                break;
            }
        }
    }
    return uses;
}

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

}  // namespace

class TestArch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCheckoutKeepsTheTable() {
        const auto found = breaches(tierwise::test::sourcePath(""));
        for (const auto& breach : found) {
            qWarning("%s", breach.c_str());
        }
        QVERIFY(found.empty());
        QVERIFY2(sourcesBelow(tierwise::test::sourcePath("core")).size() > 10, "the scan must see the sources");
    }

    void buildFilesNameTheTable() {
        const auto uses = usesInBuildFiles(tierwise::test::sourcePath(""));
        for (const auto& [folder, row] : kTable) {
            QVERIFY2(uses.at(folder) == row,
                     ("core/" + folder + "/CMakeLists.txt: USES is not the table's row").c_str());
        }
    }

    void theCommandLineLinksNoQt() {
        QProcess readelf;
        readelf.start(QStringLiteral("readelf"), {QStringLiteral("-d"), QStringLiteral(TIERWISE_CLI)});
        QVERIFY(readelf.waitForFinished());
        const QByteArray dynamic = readelf.readAllStandardOutput();
        QVERIFY(dynamic.contains("NEEDED"));
        QVERIFY(!dynamic.contains("libQt"));
    }

    void aBreachIsFound_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("include");
        QTest::addColumn<bool>("breach");
        const auto row = [](const char* name, const char* file, const char* include, bool breach) {
            QTest::newRow(name) << QByteArray(file) << QByteArray(include) << breach;
        };
        row("down the line", "core/ingest/a.cpp", "\"core/store/workload_snapshot.h\"", false);
        row("through another", "core/ingest/a.cpp", "\"core/base/error.h\"", false);
        row("up the line", "core/store/a.cpp", "\"core/ingest/job.h\"", true);
        row("across", "core/tokens/a.h", "\"core/catalog/usage.h\"", true);
        row("Qt in core", "core/base/a.h", "<QString>", true);
        row("Qt module in core", "core/base/a.h", "<QtCore/QString>", true);
        row("unknown folder", "core/misc/a.h", "<string>", true);
        row("core to ui", "core/project/a.cpp", "\"ui/shell/main_window.h\"", true);
        row("ui to app", "ui/shell/a.cpp", "\"app/cli/cli.h\"", true);
        row("ui to project", "ui/pages/a.cpp", "\"core/project/project.h\"", false);
        row("ui into the store", "ui/pages/a.cpp", "\"core/store/schema.h\"", true);
        row("charts in charts", "ui/charts/a.cpp", "<QtCharts/QChartView>", false);
        row("charts elsewhere", "ui/pages/a.cpp", "<QtCharts/QChartView>", true);
        row("a chart class elsewhere", "ui/pages/a.cpp", "<QLineSeries>", true);
        row("Qt in the command line", "app/cli/a.cpp", "<QFile>", true);
    }
    void aBreachIsFound() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, include);
        QFETCH(bool, breach);
        QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        write(root / file.toStdString(), "#include " + include.toStdString() + "\n");
        QCOMPARE(!breaches(root).empty(), breach);
    }
};

QTEST_GUILESS_MAIN(TestArch)
#include "tst_arch.moc"
