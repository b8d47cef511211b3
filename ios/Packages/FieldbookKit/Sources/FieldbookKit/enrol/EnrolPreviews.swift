import FieldbookCore
import SwiftUI

/// The main states, for previews and for the kept outlines. All persons are invented.
enum EnrolSamples {
    private static let look = EnrolmentLook(
        organisation: "Xã An Qui", person: "Trần Thị Mai",
        posts: [EnrolmentPost(title: "đảng ủy viên phụ trách", unit: "xã An Qui")], officePhone: "0275 3800 123")
    static let code = EnrolState()
    static let wrongCode = EnrolState(problem: .Rejected(code: .badCode))
    static let confirm = EnrolState(step: .confirm, look: look)
    static let pin = EnrolState(step: .pin, look: look)
    static let filling = EnrolState(step: .filling, look: look, filling: Filling(left: 1200, secondsLeft: 150))
    static let usable = EnrolState(step: .filling, look: look, filling: Filling(left: 800, secondsLeft: 100, isUsable: true))
    static let complete = EnrolState(step: .filling, look: look, filling: Filling(left: 0, isUsable: true, isComplete: true))
    static let noNetwork = EnrolState(step: .filling, look: look, filling: Filling(trouble: .offline))
}

#Preview("code") { NavigationStack { EnrolContent(state: EnrolSamples.code) } }

#Preview("wrong code") { NavigationStack { EnrolContent(state: EnrolSamples.wrongCode) } }

#Preview("confirm") { NavigationStack { EnrolContent(state: EnrolSamples.confirm) } }

#Preview("pin") { NavigationStack { EnrolContent(state: EnrolSamples.pin) } }

#Preview("filling") { NavigationStack { EnrolContent(state: EnrolSamples.filling) } }

#Preview("usable") { NavigationStack { EnrolContent(state: EnrolSamples.usable) } }

#Preview("complete") { NavigationStack { EnrolContent(state: EnrolSamples.complete) } }

#Preview("no network") { NavigationStack { EnrolContent(state: EnrolSamples.noNetwork) } }
