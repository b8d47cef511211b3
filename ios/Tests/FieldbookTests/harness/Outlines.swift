import Foundation
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

/// A state of a screen by its name.
struct Sample<State: Sendable>: Sendable, CustomTestStringConvertible {
    let name: String
    let state: State

    init(_ name: String, _ state: State) {
        self.name = name
        self.state = state
    }

    var testDescription: String { name }
}

/// Holds a sample against its kept outlines, in both languages, and against what makes it easy to use. Where the largest words change
/// what is there or where it stands, that is kept too.
@MainActor
func checkOutline(_ name: String, _ view: some View) throws {
    for language in Language.allCases {
        let usual = outline(name, view, language, .large)
        let largest = outline(name, view, language, .accessibility5)
        try hold(usual, "\(name).\(language.rawValue).txt")
        try hold(largest == usual ? nil : largest, "\(name).\(language.rawValue).largest.txt")
    }
}

@MainActor
private func outline(_ name: String, _ view: some View, _ language: Language, _ size: DynamicTypeSize) -> String {
    let screen = Screen(NavigationStack { view }.environment(\.words, Words(language)).environment(\.dynamicTypeSize, size))
    defer { screen.close() }
    #expect(easeFaults(screen) == [], "\(name)")
    return screen.outline + "\n"
}

/// The file holds just this; none: there is no such file.
private func hold(_ outline: String?, _ name: String) throws {
    let file = Places.outlines.appending(path: name)
    if ProcessInfo.processInfo.environment["FIELDBOOK_OUTLINES"] == "write" {
        if let outline {
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(outline.utf8).write(to: file)
        } else if FileManager.default.fileExists(atPath: file.path) {
            try FileManager.default.removeItem(at: file)
        }
    }
    let kept = try? String(contentsOf: file, encoding: .utf8)
    #expect(outline == kept, "\(name) reads differently now; if that is right: ios/check.sh outlines")
}

/// Everything that would make a screen hard to use without seeing it.
@MainActor
func easeFaults(_ screen: Screen) -> [String] {
    let all = screen.all
    let unnamed = all.filter { $0.isControl && $0.label.trimmingCharacters(in: .whitespaces).isEmpty }.map { "no name: \($0.kind)" }
    let mains = all.filter { $0.identifier == Tag.mainAction }
    let titles = all.filter { $0.identifier == Tag.title }
    let open = all.flatMap { [$0.label, $0.value ?? "", $0.hint ?? ""] }.filter { $0.contains(/%\d\$/) }
    return unnamed + open.map { "an open placeholder: \($0)" }
        + (mains.count > 1 ? ["several main actions: \(mains.map(\.label))"] : [])
        + (titles.count > 1 ? ["several titles: \(titles.map(\.label))"] : [])
}

extension _Node {
    fileprivate var isControl: Bool {
        switch kind {
        case .button, .link, .tab, .toggle, .textField, .secureField, .textEditor, .searchField, .picker, .datePicker: true
        case .text, .image, .progress, .group, .section, .list, .toolbar, .page, .tabBar, .pinned, .controller: false
        }
    }
}
