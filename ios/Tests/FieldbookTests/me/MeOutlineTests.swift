import FieldbookCore
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
struct MeOutlineTests {
    nonisolated private static let samples = [
        Sample("loading", MeSamples.loading),
        Sample("usual", MeSamples.usual),
        Sample("practice", MeSamples.practice),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<MeState>) throws {
        try checkOutline("me/\(sample.name)", MeContent(state: sample.state))
    }

    @Test func thePagesForPinAndSigningOutReadAsKept() throws {
        try checkOutline("me/pin", SetPinPage())
        try checkOutline("me/sign-out", SignOutPage(state: MeSamples.signOut))
        try checkOutline("me/sign-out-no-network", SignOutPage(state: MeSamples.signOutOffline))
    }

    @Test func practiceCannotBeSwitchedBeforeItIsKnownHowItStands() throws {
        let screen = Screen(NavigationStack { MeContent(state: MeSamples.loading) }.environment(\.words, Words(.vi)))
        #expect(screen.first("Bật tập thử", .toggle) == nil)
        screen.close()
    }
}
