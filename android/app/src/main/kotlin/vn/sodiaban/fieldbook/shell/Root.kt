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
import vn.sodiaban.fieldbook.core.Standing
import vn.sodiaban.fieldbook.enrol.EnrolScreen
import vn.sodiaban.fieldbook.enrol.EnrolViewModel
import vn.sodiaban.fieldbook.me.LockScreen
import vn.sodiaban.fieldbook.today.TodayScreen
import vn.sodiaban.fieldbook.today.TodayViewModel
import vn.sodiaban.fieldbook.ui.FieldbookTheme
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.Reading

/** The whole app on the screen: a blank page until the notebook is open, then the page one was on. */
@Composable
fun Root(graph: Graph, modifier: Modifier = Modifier) {
    val model = viewModel { RootViewModel(graph) }
    val state by model.state.collectAsStateWithLifecycle()
    LifecycleStartEffect(model) {
        model.onShown()
        onStopOrDispose { model.onHidden() }
    }
    FieldbookTheme(state.textSize) {
        Surface(modifier.fillMaxSize(), color = MaterialTheme.colorScheme.background) {
            when (val standing = state.standing) {
                Reading.Loading -> Box(Modifier.fillMaxSize())
                is Reading.Failed -> Page(title = "") { ProblemBlock(standing.problem, onAgain = model::onShown) }
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
    Column {
        Box(Modifier.weight(1f)) { StackPages(stack) { place -> PageOf(place, graph, stack) } }
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
        onDone = { stack.startAt(Place.Today) },
    )

    Place.Today -> TodayScreen(viewModel { TodayViewModel(graph.fieldbook) }, stack::go)

    else -> Unit
}
