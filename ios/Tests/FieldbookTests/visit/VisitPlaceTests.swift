import FieldbookCore
import Foundation
import Testing

@testable import FieldbookKit

/// "Tiếp tục" tapped before the place is graded as it now is: no page is there that would ask for the grade.
@MainActor
final class VisitPlaceTests: FlowTest {
    private func beginAtThePlace(_ phone: Graph) async throws -> VisitModel {
        let visit = VisitModel(phone, draftId: nil, hamletId: nil, later: false)
        visit.open()
        _ = try await app.until("the form") { visit.state.form.open }
        visit.choose(try #require(try await phone.fieldbook.hamlets().first { $0.name == "Ấp An Định" }))
        _ = try await app.until("the page of the place") { visit.page.contains(.place) ? true : nil }
        return visit
    }

    @Test func aPositionJustFoundNeedsNoReason() async throws {
        let phone = try await app.enrolled(office, OfficeRule.liaison)
        let visit = try await beginAtThePlace(phone)
        app.outdoors.allowPosition()
        app.outdoors.stand(latitude: 10, longitude: 106.4)
        visit.takeFix()
        _ = try await app.until("a position") { visit.state.form.open?.content.fix }
        visit.actions.next()
        _ = try await app.until("the next page") { visit.page.contains(.place) ? nil : true }
        #expect(visit.state.form.open?.fault == nil)
        #expect(visit.page.first == .topics)
    }

    @Test func aPositionJustRemovedNeedsItsReason() async throws {
        app.outdoors.allowPosition()
        app.outdoors.stand(latitude: 10, longitude: 106.4)
        let phone = try await app.enrolled(office, OfficeRule.liaison)
        let visit = try await beginAtThePlace(phone)
        _ = try await app.until("a position") { visit.state.form.open?.content.fix }
        await visit.gradeAnew()
        visit.removeFix()
        visit.actions.next()
        let fault = try await app.until("the question for the reason") { visit.state.form.open?.fault }
        #expect(fault.field == .placeReason)
        #expect(visit.page.contains(.place))
    }

    @Test func tappedTwiceItGoesOnePageOnly() async throws {
        let phone = try await app.enrolled(office, OfficeRule.liaison)
        let visit = try await beginAtThePlace(phone)
        visit.giveReason("Trời mưa to")
        visit.actions.next()
        visit.actions.next()
        await visit.gradeAnew()
        _ = try await app.until("the next page") { visit.page.contains(.place) ? nil : true }
        #expect(visit.page.first == .topics)
    }
}

extension VisitModel {
    fileprivate var page: [VisitForm.Part] { state.form.open?.page ?? [] }
}
