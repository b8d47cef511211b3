import FieldbookCore
import SwiftUI

extension MeState: Varied {}

/// The main states, for previews and for the kept outlines. All persons are invented.
enum MeSamples {
    private static let status = Status(
        standing: .ready, person: "Lê Văn Bảy", organisation: "Xã An Qui", label: "BK",
        posts: [
            MyPost(id: "1", title: "trưởng ấp", unit: "ấp An Định", unitId: "h1", role: .head),
            MyPost(id: "2", title: "bí thư chi bộ", unit: "ấp An Định", unitId: "h1", role: .secretary),
        ],
        traffic: TodaySamples.traffic, practice: false, officePhone: "0275 3800 123", version: "0.1.0")

    static let loading = MeState(textSize: .usual, hasPin: true)
    static let usual = MeState(status: .ready(status), textSize: .usual)
    static let practice = MeState(status: .ready(status.with { $0.practice = true }), textSize: .large, hasPin: true)
    static let signOut = usual.with { $0.drafts = 2 }
    static let signOutOffline = signOut.with { $0.problem = .Offline }
}

#Preview("loading") { NavigationStack { MeContent(state: MeSamples.loading) } }

#Preview("usual") { NavigationStack { MeContent(state: MeSamples.usual) } }

#Preview("practice") { NavigationStack { MeContent(state: MeSamples.practice) } }

#Preview("pin") { NavigationStack { SetPinPage() } }

#Preview("sign out") { NavigationStack { SignOutPage(state: MeSamples.signOut) } }

#Preview("sign out, no network") { NavigationStack { SignOutPage(state: MeSamples.signOutOffline) } }
