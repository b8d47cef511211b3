package vn.sodiaban.fieldbook.shell

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.LifecycleStartEffect
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.viewmodel.compose.viewModel
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.book.BookFilter
import vn.sodiaban.fieldbook.book.BookScreen
import vn.sodiaban.fieldbook.book.BookViewModel
import vn.sodiaban.fieldbook.case.CaseScreen
import vn.sodiaban.fieldbook.case.CaseViewModel
import vn.sodiaban.fieldbook.core.Draft
import vn.sodiaban.fieldbook.core.Entry
import vn.sodiaban.fieldbook.core.Saved
import vn.sodiaban.fieldbook.core.Standing
import vn.sodiaban.fieldbook.enrol.EnrolScreen
import vn.sodiaban.fieldbook.enrol.EnrolViewModel
import vn.sodiaban.fieldbook.hamlet.HamletScreen
import vn.sodiaban.fieldbook.hamlet.HamletViewModel
import vn.sodiaban.fieldbook.me.LockScreen
import vn.sodiaban.fieldbook.me.MeScreen
import vn.sodiaban.fieldbook.me.MeViewModel
import vn.sodiaban.fieldbook.notify.AskToTell
import vn.sodiaban.fieldbook.outbox.OutboxScreen
import vn.sodiaban.fieldbook.outbox.OutboxViewModel
import vn.sodiaban.fieldbook.petition.PetitionScreen
import vn.sodiaban.fieldbook.petition.PetitionViewModel
import vn.sodiaban.fieldbook.problem.ProblemScreen
import vn.sodiaban.fieldbook.problem.ProblemViewModel
import vn.sodiaban.fieldbook.report.ReportFormScreen
import vn.sodiaban.fieldbook.report.ReportFormViewModel
import vn.sodiaban.fieldbook.report.ReportScreen
import vn.sodiaban.fieldbook.report.ReportViewModel
import vn.sodiaban.fieldbook.saved.SavedScreen
import vn.sodiaban.fieldbook.saved.SavedViewModel
import vn.sodiaban.fieldbook.saved.isReadAloud
import vn.sodiaban.fieldbook.today.TodayScreen
import vn.sodiaban.fieldbook.today.TodayViewModel
import vn.sodiaban.fieldbook.ui.FieldbookTheme
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.visit.VisitScreen
import vn.sodiaban.fieldbook.visit.VisitViewModel

/** The whole app on the screen: a blank page until the notebook is open, then the page one was on. */
@Composable
fun Root(graph: Graph, modifier: Modifier = Modifier) {
    val model = viewModel { RootViewModel(graph) }
    val state by model.state.collectAsStateWithLifecycle()
    LifecycleStartEffect(graph) {
        graph.presence.shown()
        onStopOrDispose { graph.presence.hidden() }
    }
    FieldbookTheme(state.textSize) {
        Surface(modifier.fillMaxSize(), color = MaterialTheme.colorScheme.background) {
            when (val standing = state.standing) {
                Reading.Loading -> Box(Modifier.fillMaxSize())
                is Reading.Failed -> Page(title = "") { ProblemBlock(standing.problem, onAgain = graph.presence::shown) }
                is Reading.Ready -> if (state.isLocked) LockScreen(graph.choices, model::unlock) else Places(graph, standing.value)
            }
        }
    }
}

@Composable
private fun Places(graph: Graph, standing: Standing) {
    val isNobody = standing == Standing.NOT_ENROLLED
    val stack = rememberStack(if (isNobody) Place.Enrol else Place.Today)
    LaunchedEffect(isNobody) { if (isNobody && stack.here != Place.Enrol) stack.startAt(Place.Enrol) }
    SecureWindow(stack.here, graph.fieldbook)
    AskToTell(stack.here, graph.teller)
    Column {
        Box(Modifier.weight(1f)) { StackPages(stack) { place -> PageOf(place, graph, stack) } }
        if (stack.here in Place.BAR && needsNewCode(standing)) NewCodeStrip(onEnrol = { stack.go(Place.Enrol) })
        if (stack.here in Place.BAR) BottomBar(stack.here, stack::go)
    }
}

/** Which page is drawn at which place: one line each. */
@Composable
private fun PageOf(place: Place, graph: Graph, stack: Stack) = when (place) {
    Place.Enrol -> EnrolScreen(
        viewModel {
            EnrolViewModel(graph.fieldbook, graph.choices, graph.device) { graph.isOpened.value = true }
        },
        graph.camera,
        onDone = { if (stack.canGoBack) stack.back() else stack.startAt(Place.Today) },
        onBack = (stack::back).takeIf { stack.canGoBack },
    )

    Place.Today -> TodayScreen(viewModel { TodayViewModel(graph.fieldbook) }, stack::go)

    is Place.Visit -> VisitScreen(
        viewModel { VisitViewModel(graph.fieldbook, graph.pictures, graph.fixes, graph.lasting, place) },
        graph.pictures,
        onDraft = { stack.rename(Place.Visit(it)) },
        onSave = { stack.replace(it.place()) },
        onBack = stack::back,
    )

    is Place.Problem -> ProblemScreen(
        viewModel { ProblemViewModel(graph.fieldbook, graph.pictures, graph.lasting, place) },
        graph.pictures,
        onDraft = { stack.rename(Place.Problem(it)) },
        onSave = { stack.replace(it.place()) },
        onBack = stack::back,
    )

    Place.Report -> ReportScreen(
        viewModel { ReportViewModel(graph.fieldbook, unitId = null, kind = null) },
        onGo = stack::go,
        onSave = { stack.replace(it.place()) },
        onBack = stack::back,
    )

    is Place.Nothing -> ReportScreen(
        viewModel { ReportViewModel(graph.fieldbook, place.unitId, place.kind) },
        onGo = stack::go,
        onSave = { stack.replace(it.place()) },
        onBack = stack::back,
    )

    is Place.ReportForm -> ReportFormScreen(
        viewModel { ReportFormViewModel(graph.fieldbook, graph.pictures, graph.lasting, place) },
        onDraft = { stack.rename(Place.ReportForm(it)) },
        onSave = { stack.replace(it.place()) },
        onBack = stack::back,
    )

    is Place.Saved -> {
        val isReadAloud = isReadAloud()
        SavedScreen(
            viewModel { SavedViewModel(graph.fieldbook, place, isReadAloud) },
            place,
            onUndone = { stack.replace(it.place()) },
            onGo = stack::go,
            onDone = { stack.startAt(Place.Today) },
        )
    }

    is Place.Petition -> PetitionScreen(
        viewModel { PetitionViewModel(graph.fieldbook, graph.pictures, graph.lasting, place.draftId) },
        graph.pictures,
        place.draftId,
        onDraft = { stack.rename(Place.Petition(it)) },
        onSave = { stack.replace(it.place()) },
        onLeave = stack::back,
    )

    Place.Book -> BookScreen(viewModel { BookViewModel(graph.fieldbook, BookFilter()) }, stack::go)

    is Place.Case -> CaseScreen(
        viewModel { CaseViewModel(graph.fieldbook, graph.pictures, place.id) },
        graph.pictures,
        place.id,
        stack::go,
        stack::back,
    )

    is Place.Hamlet -> HamletScreen(viewModel { HamletViewModel(graph.fieldbook, place.id) }, stack::go, stack::back)

    Place.Outbox -> OutboxScreen(viewModel { OutboxViewModel(graph.fieldbook) }, stack::go)

    Place.Me -> MeScreen(
        viewModel { MeViewModel(graph.fieldbook, graph.choices) { graph.isOpened.value = true } },
        stack::back,
    )
}

/** The page that says what "Lưu" gave. */
private fun Saved.place() = Place.Saved(id, undoId, moreReceipts)

/** The form of a draft. */
private fun Draft.place(): Place = when (entry) {
    is Entry.Visit -> Place.Visit(id)
    is Entry.Problem -> Place.Problem(id)
    is Entry.Petition -> Place.Petition(id)
    is Entry.Report -> Place.ReportForm(id)
}
