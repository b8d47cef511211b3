import FieldbookCore
import SwiftUI

/// The main states, for previews and for the kept outlines. All persons are invented.
enum TodaySamples {
    private static let day = CalendarDay(year: 2026, month: 11, day: 22)
    private static let written = Date(timeIntervalSince1970: 1_795_140_900)  // 20/11/2026, 09:15 in Vietnam
    static let traffic = Traffic(
        network: .metered, photoPolicy: .textOnly, recordsWaiting: 3, photosWaiting: 2, photoBytesWaiting: 410_000, needsAttention: 0,
        waitingAtOffice: 0, bytesThisMonth: 2_300_000, lastContact: written, trouble: nil)
    private static let problem = CaseRow(
        id: "p1", kind: .problem, petitionKind: nil, text: "Cống số 3 bị sạt, nước mặn vào ruộng", unit: "ấp An Thạnh", time: written,
        state: .inProgress, open: true, due: CalendarDay(year: 2026, month: 11, day: 24), daysLeft: 2, dueIsExpected: false,
        urgency: .urgent, receipt: "BKT-27-4H", sending: .received, photos: 1)
    private static let answer = problem.with {
        $0.id = "p2"
        $0.kind = .petition
        $0.petitionKind = .proposal
        $0.text = "Xin lắp thêm đèn đường ở ngã ba"
        $0.unit = "ấp An Định"
        $0.state = .resolved
        $0.daysLeft = -1
    }
    private static let liaisonPost = MyPost(
        id: "1", title: "đảng ủy viên phụ trách", unit: "xã An Qui", unitId: "c", role: .liaison)
    private static let headPost = MyPost(id: "2", title: "trưởng ấp", unit: "ấp An Định", unitId: "h1", role: .head)
    private static let nothing = Today(
        day: day, person: "Trần Thị Mai", posts: [liaisonPost],
        traffic: traffic.with {
            $0.network = .unmetered
            $0.recordsWaiting = 0
            $0.photosWaiting = 0
            $0.photoBytesWaiting = 0
        },
        hamlets: [], coverage: CoverageLine(visited: 0, assigned: 0, percent: nil), followUps: [], dueSoon: [], waitingForMe: [],
        answersBack: [], reportsDue: [], drafts: [], mayVisit: true, mayTakePetitions: true, practice: false,
        officePhone: "0275 3800 123")
    private static let liaisonDay = nothing.with {
        $0.traffic = traffic
        $0.hamlets = [
            HamletCard(
                id: "h3", name: "ấp An Hòa", state: .overdue(monthsMissed: 2), lastVisit: CalendarDay(year: 2026, month: 8, day: 14),
                openFollowUps: 1, openMatters: 2),
            HamletCard(
                id: "h2", name: "ấp An Thạnh", state: .daysLeft(days: 8), lastVisit: CalendarDay(year: 2026, month: 10, day: 12),
                openFollowUps: 0, openMatters: 1),
            HamletCard(
                id: "h1", name: "ấp An Định", state: .visited, lastVisit: CalendarDay(year: 2026, month: 11, day: 21),
                openFollowUps: 0, openMatters: 0),
        ]
        $0.coverage = CoverageLine(visited: 1, assigned: 3, percent: "33,33 %")
        $0.followUps = [
            FollowUpLine(
                id: "f1", visitId: "v1", text: "Báo lại ngày sửa cống số 3", unit: "ấp An Hòa",
                month: CalendarMonth(year: 2026, month: 11), done: nil, photos: [])
        ]
        $0.dueSoon = [problem]
        $0.drafts = [
            DraftRow(
                id: "d1", kind: .visit, unit: "ấp An Thạnh", text: "", step: "topics", started: written, updated: written, repairs: false)
        ]
    }
    private static let headDay = nothing.with {
        $0.person = "Lê Văn Bảy"
        $0.posts = [headPost]
        $0.answersBack = [answer]
        $0.reportsDue = [
            ReportDue(
                unitId: "h1", unit: "ấp An Định", kind: .weekly, from: CalendarDay(year: 2026, month: 11, day: 16), to: day)
        ]
        $0.mayVisit = false
    }

    static let loading = TodayState()
    static let empty = TodayState(today: .ready(nothing))
    static let liaison = TodayState(today: .ready(liaisonDay))
    static let head = TodayState(today: .ready(headDay))
    static let both = TodayState(
        today: .ready(
            liaisonDay.with {
                $0.posts = [liaisonPost, headPost]
                $0.answersBack = [answer]
            }))
    static let noNetwork = TodayState(
        today: .ready(
            liaisonDay.with {
                $0.traffic = traffic.with {
                    $0.network = .noNetwork
                    $0.needsAttention = 1
                }
                $0.practice = true
            }),
        problem: .Offline)
    static let failed = TodayState(today: .failed(.StorageFull))
}

#Preview("loading") { NavigationStack { TodayContent(state: TodaySamples.loading) } }

#Preview("empty") { NavigationStack { TodayContent(state: TodaySamples.empty) } }

#Preview("liaison") { NavigationStack { TodayContent(state: TodaySamples.liaison) } }

#Preview("head") { NavigationStack { TodayContent(state: TodaySamples.head) } }

#Preview("both") { NavigationStack { TodayContent(state: TodaySamples.both) } }

#Preview("no network") { NavigationStack { TodayContent(state: TodaySamples.noNetwork) } }

#Preview("failed") { NavigationStack { TodayContent(state: TodaySamples.failed) } }
