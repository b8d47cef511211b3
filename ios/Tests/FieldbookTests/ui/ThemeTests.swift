import FieldbookCore
import Foundation
import Testing

@testable import FieldbookKit

struct ThemeTests {
    @Test func whatIsReadStandsOutSevenToOne() {
        var pairs: [(Paint, Paint)] = [
            (Theme.ink, Theme.paper), (Theme.ink, Theme.calmPaper), (Theme.onAccent, Theme.accent),
            (Theme.onAccentPaper, Theme.accentPaper),
        ]
        for tone in Tone.allCases { pairs.append((tone.ink, tone.paper)) }
        for (ink, paper) in pairs { #expect(ink.contrast(with: paper) >= 7, "\(ink) on \(paper)") }
    }

    @Test func whatCanBeTappedStandsOutFromThePage() {
        for paint in [Theme.accent, Theme.line] { #expect(paint.contrast(with: Theme.paper) >= 4.5, "\(paint)") }
    }

    @Test func noMeaningHangsOnAColourAlone() {
        #expect(Set(Tone.allCases.map(\.shape)).count == Tone.allCases.count)
    }

    @Test func redIsForWhatMayBeLostAndHavingNoNetworkIsUsual() {
        #expect(FieldbookError.StorageFull.tone == .danger)
        #expect(FieldbookError.Offline.tone == .calm)
        let faults: [FieldbookError] = [
            .Internal(reason: ""), .Invalid(field: .text, fault: .missing), .Rejected(code: .badCode), .SignInAgain, .UpdateApp,
        ]
        for fault in faults { #expect(fault.tone == .late, "\(fault)") }
    }
}

extension Paint {
    fileprivate func contrast(with other: Paint) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    private var luminance: Double {
        let parts = [16, 8, 0].map { shift -> Double in
            let part = Double(hex >> UInt32(shift) & 0xFF) / 255
            return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
